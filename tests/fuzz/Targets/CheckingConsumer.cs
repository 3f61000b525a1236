using DropMon.Sessions;
using DropMon.Sources;

namespace DropMon.Fuzz.Targets;

/// <summary>
/// Checks the views of each drop and makes alerts of them, as a monitor does; some are read whole, since that costs most.
/// </summary>
internal sealed class CheckingConsumer(string kind) : IRawDropConsumer
{
    private const int ReadEvery = 16;

    private readonly DropAlertBuilder _builder = new(kind, KernelNames.Symbols, KernelNames.Lines, new RawDropNames(kind));
    private readonly DropSiteTable _sites = new(KernelNames.Symbols, KernelNames.Lines, KernelNames.Classifier, KernelNames.Reasons);
    private byte[] _input = [];
    private int _length;
    private int _drops;

    /// <summary>Where the views must lie.</summary>
    public ReadOnlySpan<byte> Begin(ReadOnlySpan<byte> input)
    {
        if (_input.Length < input.Length)
        {
            _input = new byte[input.Length * 2];
        }

        input.CopyTo(_input);
        _length = input.Length;
        return _input.AsSpan(0, _length);
    }

    public void Consume(in RawDrop drop)
    {
        ReadOnlySpan<byte> whole = _input.AsSpan(0, _length);
        Invariant.IsWithin(drop.Payload, whole);
        Invariant.IsWithin(drop.Symbol, whole);
        Invariant.IsWithin(drop.ReasonName, whole);
        Invariant.IsWithin(drop.InterfaceName, whole);
        Invariant.IsWithin(drop.TrapName, whole);
        Invariant.IsWithin(drop.TrapGroup, whole);
        Invariant.IsWithin(drop.FlowActionCookie, whole);
        if (++_drops % ReadEvery == 0)
        {
            Invariant.IsReadable(_builder.Build(in drop, _sites.Find(in drop).Site));
        }
    }

    public void EndBatch() => _builder.Refresh();
}
