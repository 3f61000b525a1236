using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DropMon.Soak;

/// <summary><c>dropmon watch --json</c> as a process of its own, whose lines are counted.</summary>
internal sealed class WatchedProcess : IDisposable
{
    private readonly Thread _reader;
    private long _alerts;

    public WatchedProcess(Options options)
    {
        Process = new Process
        {
            StartInfo = new ProcessStartInfo(
                options.DropMonPath, ["watch", "--json", "--source", options.Source, "--reason", Traffic.Reason])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            },
        };
        _reader = new Thread(Read) { IsBackground = true, Name = "Reader" };
    }

    public Process Process { get; }

    /// <summary>Alerts received so far.</summary>
    public long Alerts => Interlocked.Read(ref _alerts);

    /// <summary>Lines that were neither alerts of the traffic nor the ledger.</summary>
    public long OtherLines { get; private set; }

    /// <summary>The ledger, which is the last line.</summary>
    public JsonElement? Ledger { get; private set; }

    public void Start()
    {
        Process.Start();
        _reader.Start();
    }

    /// <summary>Asks it to end, as a service manager does, and waits.</summary>
    public int End()
    {
        Process.Start("kill", ["-TERM", Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        _reader.Join();
        Process.WaitForExit();
        return Process.ExitCode;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
        }

        Process.Dispose();
    }

    private void Read()
    {
        using var lines = new StreamReader(Process.StandardOutput.BaseStream, Encoding.UTF8, false, 1 << 16);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith("{\"Record\":\"Ledger\"", StringComparison.Ordinal))
            {
                Ledger = JsonDocument.Parse(line).RootElement;
            }
            else if (line.Contains($"\"Reason\":\"{Traffic.Reason}\"", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _alerts);
            }
            else
            {
                OtherLines++;
            }
        }
    }
}
