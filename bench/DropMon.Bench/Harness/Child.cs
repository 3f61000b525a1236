using System.Diagnostics;
using System.Globalization;
using DropMon.Bench.Native;

namespace DropMon.Bench.Harness;

/// <summary>A process that a comparison starts, feeds, measures and ends.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string>? _errors;

    private Child(Process process, bool keepErrors)
    {
        _process = process;
        _errors = keepErrors ? process.StandardError.ReadToEndAsync() : null;
    }

    public int Id => _process.Id;

    /// <summary>Starts a program with its input and output in our hands.</summary>
    public static Child Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new Child(Process.Start(start)!, keepErrors: true);
    }

    /// <summary>Starts a shell that becomes the program, for what needs redirections: <c>exec dropwatch -l kas >file</c>.</summary>
    public static Child StartShell(string command) => Start("/bin/sh", "-c", $"exec {command}");

    /// <summary>Runs a program to its end and gives what it printed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using Child child = Start(program, arguments);
        string output = child._process.StandardOutput.ReadToEnd();
        child.WaitForSuccess();
        return output;
    }

    /// <summary>CPU time so far.</summary>
    public TimeSpan Cpu => CpuClock.Of(Id);

    /// <summary>The most memory that was ever resident, in bytes (VmHWM).</summary>
    public long PeakMemory => StatusKilobytes("VmHWM:") * 1024;

    /// <summary>Memory resident now, in bytes (VmRSS).</summary>
    public long Memory => StatusKilobytes("VmRSS:") * 1024;

    /// <summary>How often each of its threads has waited so far (voluntary_ctxt_switches), by the thread's folder.</summary>
    public Dictionary<string, long> WakeUps =>
        Directory.EnumerateDirectories($"/proc/{Id}/task")
            .ToDictionary(thread => thread, thread => Field($"{thread}/status", "voluntary_ctxt_switches:"));

    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>The next line of output; null at the end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>Reads lines until one contains the text.</summary>
    public void WaitForLine(string text)
    {
        while (ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended before it said \"{text}\": {_errors?.Result}");
    }

    /// <summary>Throws all output away from now on, so that a full pipe never holds the process up.</summary>
    public void IgnoreOutput() => _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    public void Interrupt() => Signal.SendInterrupt(Id);

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits for the end.</summary>
    public int Wait()
    {
        if (!_process.WaitForExit(LongestRun))
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end.");
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Waits for the end, and brings it about when it does not come.</summary>
    public void EndWithin(TimeSpan patience)
    {
        if (!_process.WaitForExit(patience))
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void WaitForSuccess()
    {
        if (Wait() != 0)
        {
            throw new InvalidOperationException($"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} ended "
                + $"with {_process.ExitCode}: {_errors?.Result}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private long StatusKilobytes(string field) => Field($"/proc/{Id}/status", field);

    private static long Field(string file, string field)
    {
        try
        {
            string? line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(field.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // A thread that ended meanwhile.
            return 0;
        }
    }
}
