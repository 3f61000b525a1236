namespace DropMon.Fleet;

/// <summary>The scripts that run on the far side. They are resources of the assembly: files under <c>Fleet/Scripts</c>.</summary>
internal static class FleetScript
{
    /// <summary>Takes requests from the standard input.</summary>
    public static string Serve => Read("Serve.ps1");

    /// <summary>Runs a cmdlet, or the relay of alerts.</summary>
    public static string InvokeCommand => Read("Invoke-Command.ps1");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(FleetScript).Assembly.GetManifestResourceStream($"DropMon.Fleet.{name}")!);
        return reader.ReadToEnd();
    }
}
