using DropMon.Files;

namespace DropMon.Tests.Files;

/// <summary>Writes and reads files of alerts in one call.</summary>
internal static class AlertFiles
{
    public static void Write(string path, IEnumerable<DropAlert> alerts, AlertWriteOptions? options = null)
    {
        using AlertWriter writer = AlertFile.OpenWrite(path, options);
        foreach (DropAlert alert in alerts)
        {
            writer.Write(alert);
        }
    }

    public static List<DropAlert> Read(string path)
    {
        using AlertReader reader = AlertFile.OpenRead(path);
        return reader.ReadAll().ToList();
    }

    /// <summary>Reads on behind every error that allows it.</summary>
    public static (List<DropAlert> Alerts, List<CaptureException> Errors) ReadAllowingErrors(string path, bool readAhead = false) =>
        ReadAllowingErrors(() => AlertFile.OpenRead(path, readAhead));

    public static (List<DropAlert> Alerts, List<CaptureException> Errors) ReadAllowingErrors(byte[] content) =>
        ReadAllowingErrors(() => AlertFile.OpenRead(new CaptureInput(new MemoryStream(content), "memory")));

    private static (List<DropAlert> Alerts, List<CaptureException> Errors) ReadAllowingErrors(Func<AlertReader> open)
    {
        var alerts = new List<DropAlert>();
        var errors = new List<CaptureException>();
        AlertReader reader;
        try
        {
            reader = open();
        }
        catch (CaptureException e)
        {
            errors.Add(e);
            return (alerts, errors);
        }

        using (reader)
        {
            while (true)
            {
                try
                {
                    if (!reader.TryRead(out DropAlert? alert))
                    {
                        return (alerts, errors);
                    }

                    alerts.Add(alert);
                }
                catch (CaptureException e)
                {
                    errors.Add(e);
                }
            }
        }
    }
}
