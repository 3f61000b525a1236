namespace DropMon.Sessions.Measurement;

/// <summary>What the sites of a group have in common. It holds on to one of them, however many there are.</summary>
internal sealed class SiteSummary
{
    private readonly DropSite _example;
    private bool _sameFunction = true, _sameReason = true, _sameSubsystem = true, _sameClass = true, _sameType = true;
    private bool _sameSignificance = true, _sameExplanation = true, _samePlace = true, _sameModule = true, _sameTrap = true;

    public SiteSummary(DropSite first) => _example = first;

    public string? Function => _sameFunction ? _example.Function : null;

    public string? Reason => _sameReason ? _example.Reason : null;

    public string? ReasonSubsystem => _sameSubsystem ? _example.ReasonSubsystem : null;

    public DropClass? Class => _sameClass ? _example.Class : null;

    public string? Type => _sameType ? _example.Type : null;

    public DropSignificance? Significance => _sameSignificance ? _example.Significance : null;

    public string? Explanation => _sameExplanation ? _example.Explanation : null;

    /// <summary>The place, with its line where debug information tells: the first call may take milliseconds.</summary>
    public string? Location => _samePlace ? _example.Location : null;

    public string? Module => _sameModule ? _example.Module : null;

    public string? TrapName => _sameTrap ? _example.TrapName : null;

    public void Add(DropSite site)
    {
        if (ReferenceEquals(site, _example))
        {
            return;
        }

        _sameFunction &= site.Function == _example.Function;
        _sameReason &= site.Reason == _example.Reason;
        _sameSubsystem &= site.ReasonSubsystem == _example.ReasonSubsystem;
        _sameClass &= site.Class == _example.Class;
        _sameType &= site.Type == _example.Type;
        _sameSignificance &= site.Significance == _example.Significance;
        _sameExplanation &= site.Explanation == _example.Explanation;
        _samePlace &= site.Address == _example.Address
            && site.Function == _example.Function
            && site.Offset == _example.Offset
            && site.TrapName == _example.TrapName;
        _sameModule &= site.Module == _example.Module;
        _sameTrap &= site.TrapName == _example.TrapName;
    }
}
