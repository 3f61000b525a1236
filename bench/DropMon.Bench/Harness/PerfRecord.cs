using DropMon.Bench.Native;

namespace DropMon.Bench.Harness;

/// <summary>perf record on skb:kfree_skb, and perf script on what it wrote.</summary>
internal sealed class PerfRecord : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Child _perf;
    private readonly StreamWriter _control;
    private readonly StreamReader _acknowledgement;

    /// <param name="filter">Which records to keep, as the kernel's filters are written; null for all.</param>
    public PerfRecord(string? filter = null)
    {
        string control = _scratch["control"];
        string acknowledgement = _scratch["acknowledgement"];
        Child.Run("mkfifo", control, acknowledgement);
        _perf = Child.Start("perf", ["record", "-e", "skb:kfree_skb", .. filter is null
            ? Array.Empty<string>() : ["--filter", filter], "-a", "-D", "-1", $"--control=fifo:{control},{acknowledgement}", "-o",
                DataFile]);
        _control = new StreamWriter(control) { AutoFlush = true };
        _acknowledgement = new StreamReader(acknowledgement);
        Tell("enable");
    }

    /// <summary>CPU so far.</summary>
    public TimeSpan Cpu => _perf.Cpu;

    private string DataFile => _scratch["perf.data"];

    /// <summary>Ends the recording.</summary>
    /// <returns>CPU from start to end.</returns>
    public TimeSpan Stop()
    {
        TimeSpan before = CpuClock.OfEndedChildren();
        _perf.Interrupt();
        _perf.Wait();
        return CpuClock.OfEndedChildren() - before;
    }

    /// <summary>Decodes what was recorded.</summary>
    /// <returns>CPU of perf script.</returns>
    public TimeSpan Decode()
    {
        TimeSpan before = CpuClock.OfEndedChildren();
        using Child script = Child.StartShell($"perf script -i '{DataFile}' >/dev/null");
        script.WaitForSuccess();
        return CpuClock.OfEndedChildren() - before;
    }

    public void Dispose()
    {
        _control.Dispose();
        _acknowledgement.Dispose();
        _perf.Dispose();
        _scratch.Dispose();
    }

    private void Tell(string command)
    {
        _control.WriteLine(command);
        if (_acknowledgement.ReadLine()?.Trim('\0', ' ') is not "ack")
        {
            throw new InvalidOperationException("perf record does not answer at its control pipe.");
        }
    }
}
