namespace DropMon.Model.Fields;

/// <summary>The values of one alert while they are read, from whatever form they were written in.</summary>
internal struct DropValues
{
    /// <summary>What differs from alert to alert.</summary>
    public AlertValues Own;

    /// <summary>What the alerts of one place share.</summary>
    public SiteValues Site;

    /// <summary>Whether the time was read.</summary>
    public bool HasTime;

    /// <summary>No values yet: one packet, of a source that is not known.</summary>
    public DropValues()
    {
        Own.Count = 1;
        Own.Source = DropSourceName.Replay;
    }
}
