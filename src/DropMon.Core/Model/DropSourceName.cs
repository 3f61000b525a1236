namespace DropMon;

/// <summary>Names in <see cref="DropAlert.Source"/> that belong to no source. Each source's own name is in its descriptor.</summary>
public static class DropSourceName
{
    /// <summary>A file written earlier.</summary>
    public const string Replay = "Replay";

    /// <summary>Asks for the first source in the catalog that this machine has.</summary>
    public const string Auto = "Auto";
}
