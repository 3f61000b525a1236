using System.Collections.Concurrent;
using System.Diagnostics;
using DropMon.KernelTests.Native;

namespace DropMon.KernelTests.Processes;

/// <summary>A program under observation. Disposing of it kills it, if it still runs.</summary>
internal class ChildProcess : IDisposable
{
    // An emulated machine starts pwsh in a minute, if the one that emulates it is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly ManualResetEventSlim _mayRead = new(initialState: true);

    public ChildProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // Whoever started the tests in the background left them, and would leave their children, deaf to Ctrl+C.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,QUIT", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginErrorReadLine();
        new Thread(ReadLines) { IsBackground = true, Name = "Reader of " + program }.Start();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Whether it ends within a time.</summary>
    public bool HasExitedWithin(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>What it wrote to standard error so far.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Writes a line to its standard input.</summary>
    public void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Leaves its standard output unread, so that its pipe fills, until <see cref="ReadOn"/>.</summary>
    public void StopReading() => _mayRead.Reset();

    public void ReadOn() => _mayRead.Set();

    public void Signal(int signal) => Signals.Send(Id, signal);

    /// <summary>The next line of its standard output; null when none comes in time.</summary>
    public string? NextLine(TimeSpan timeout) => _lines.TryTake(out string? line, timeout) ? line : null;

    /// <summary>The next line that is wanted; those before it are passed over.</summary>
    public string NextLine(Predicate<string> wanted)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            if (NextLine(TimeSpan.FromMilliseconds(100)) is { } line && wanted(line))
            {
                return line;
            }

            Assert.False(HasExited && _lines.IsCompleted,
                $"{_process.StartInfo.FileName} ended with {(HasExited ? _process.ExitCode : 0)}: {Errors}");
        }

        throw new TimeoutException($"The line did not come. Standard error: {Errors}");
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Patience), $"{_process.StartInfo.FileName} does not end. Standard error: {Errors}");
        // Once more, for what the pipes still hold. What it started and left behind may hold them open for ever.
        Assert.True(Task.Run(_process.WaitForExit).Wait(Patience),
            $"{_process.StartInfo.FileName} has ended, and something that it started holds its output open. Standard error: {Errors}");
        return _process.ExitCode;
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>What it wrote to standard output that nobody has taken.</returns>
    public string[] ReadToEnd()
    {
        WaitForExit();
        using var tooLong = new CancellationTokenSource(Patience);
        return [.. _lines.GetConsumingEnumerable(tooLong.Token)];
    }

    public void Dispose()
    {
        ReadOn();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void ReadLines()
    {
        try
        {
            while (_process.StandardOutput.ReadLine() is { } line)
            {
                _lines.Add(line);
                _mayRead.Wait();
            }
        }
        catch (ObjectDisposedException)
        {
            // The scenario is over and nobody listens.
        }
        finally
        {
            _lines.CompleteAdding();
        }
    }
}
