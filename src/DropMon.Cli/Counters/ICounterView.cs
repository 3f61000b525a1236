namespace DropMon.Cli.Counters;

/// <summary>Puts counters on standard output.</summary>
internal interface ICounterView
{
    void Show(IEnumerable<DropCounter> counters);

    void Show(IEnumerable<DropCounterChange> changes);
}
