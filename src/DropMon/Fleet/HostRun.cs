using System.Text;
using DropMon.Commands;
using DropMon.Output;

namespace DropMon.Fleet;

/// <summary>
/// One computer of a fleet: connects, finds or copies the module, runs the call, and leaves nothing behind. Its thread reads what the
/// computer says.
/// </summary>
/// <param name="host">The computer.</param>
/// <param name="call">What to run.</param>
/// <param name="archive">The module in base64, where it may be copied; else null.</param>
/// <param name="post">Takes what the computer says. It may block while the reader is slow: then nothing is read, and the computer waits
/// too.</param>
internal sealed class HostRun(HostConnection host, FleetCall call, Lazy<string>? archive, Action<HostMessage> post)
{
    // A shell's greeting.
    private const int MostGreeting = 64 * 1024;

    // To start pwsh and to load the module, and to type a password.
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan CopyTime = TimeSpan.FromSeconds(120);

    // Beyond the time of the call: to open and close a source, and to hand over what it has kept.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    // Several pulses.
    private static readonly TimeSpan MostSilence = 5 * HostFrame.PulseInterval;

    // For what happens at the end.
    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(5);

    private static readonly string Bootstrap =
        "& ([scriptblock]::Create([System.Text.Encoding]::UTF8.GetString("
            + "[System.Convert]::FromBase64String([System.Console]::In.ReadLine()))))";

    private volatile string? _expiry;
    private volatile bool _isServing;

    /// <summary>Runs it. Failures are posted, never thrown.</summary>
    /// <param name="cancel">Stops the far side, then ends.</param>
    public void Run(CancellationToken cancel)
    {
        try
        {
            cancel.ThrowIfCancellationRequested();
            using HostProcess ssh = HostProcess.Start(host);
            using var clock = new HostClock(why =>
            {
                _expiry = why;
                ssh.Kill();
            });
            using CancellationTokenRegistration stop = cancel.Register(() => Stop(ssh, clock));
            try
            {
                Converse(ssh, clock, cancel);
            }
            catch (IOException) when (!cancel.IsCancellationRequested)
            {
                throw Broken(ssh);
            }
            finally
            {
                if (_expiry is not null)
                {
                    ssh.Kill();
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException || (error is HostException && cancel.IsCancellationRequested))
        {
            // It is known why.
        }
        catch (HostException error)
        {
            post(new HostError(host, error.ToErrorRecord(host.Name)));
        }
        catch (Exception error)
        {
            // Whatever it is belongs to the one computer: on this thread it would end the others too.
            if (!cancel.IsCancellationRequested)
            {
                post(new HostError(host, HostException.Failed(host, error).ToErrorRecord(host.Name)));
            }
        }
        finally
        {
            post(new HostEnded(host));
        }
    }

    private void Converse(HostProcess ssh, HostClock clock, CancellationToken cancel)
    {
        var lines = new HostLines(ssh.Output);
        clock.Begin(host.ConnectingTimeout ?? ConnectTime, Timeout.InfiniteTimeSpan, "no session began in time.");
        ssh.Write(Bootstrap);
        ssh.Write(Convert.ToBase64String(Encoding.UTF8.GetBytes(FleetScript.Serve)));
        SkipGreeting(ssh, lines);
        FindModule(ssh, lines, clock);
        if (cancel.IsCancellationRequested)
        {
            return;
        }

        _isServing = true;
        TimeSpan total = call.Duration is { } duration ? duration + Grace : Timeout.InfiniteTimeSpan;
        clock.Begin(total, MostSilence, "it had not ended when its time was over, nor long after. What it delivered before stands.");
        ssh.Write($"run {call.ToRequest()}");
        post(new HostBegan(host));
        Listen(ssh, lines, clock, cancel);
    }

    private void SkipGreeting(HostProcess ssh, HostLines lines)
    {
        int skipped = 0;
        while (true)
        {
            if (!TryRead(ssh, lines, out ReadOnlySpan<byte> line))
            {
                throw Broken(ssh);
            }

            // pwsh may set up a terminal before it.
            if (line.TrimEnd((byte)'\r').EndsWith(Encoding.ASCII.GetBytes(HostFrame.Magic)))
            {
                return;
            }

            skipped += line.Length + 1;
            if (skipped > MostGreeting)
            {
                throw HostException.Unreachable(host, "It answers, but not as PowerShell does.");
            }
        }
    }

    private void FindModule(HostProcess ssh, HostLines lines, HostClock clock)
    {
        HostFrame found = ReadModule(ssh, lines);
        if (IsUsable(found))
        {
            return;
        }

        if (archive is null)
        {
            throw found.Texts is [var version, ..] ? HostException.ModuleTooOld(host, HostText.Of(version))
                : HostException.ModuleMissing(host);
        }

        clock.Begin(CopyTime, Timeout.InfiniteTimeSpan, "the module could not be copied in time.");
        _isServing = true;
        ssh.Write($"copy {archive.Value}");
        if (!IsUsable(ReadModule(ssh, lines)))
        {
            throw HostException.AnswerRefused(host, "the module was copied there and cannot be loaded.");
        }
    }

    private static bool IsUsable(HostFrame module) => module.Texts is [_, "1"];

    private HostFrame ReadModule(HostProcess ssh, HostLines lines)
    {
        while (TryRead(ssh, lines, out ReadOnlySpan<byte> line))
        {
            HostFrame frame = Frame(line);
            switch (frame)
            {
                case { Kind: HostFrame.Module }:
                    return frame;
                case { Kind: HostFrame.Verbose or HostFrame.Warning or HostFrame.Error }:
                    new HostAnswer(host, null, post).Take(frame);
                    if (frame.Kind == HostFrame.Error)
                    {
                        throw new OperationCanceledException();
                    }

                    break;
            }
        }

        throw Broken(ssh);
    }

    private void Listen(HostProcess ssh, HostLines lines, HostClock clock, CancellationToken cancel)
    {
        var answer = new HostAnswer(host, call.Command is null
            ? null : new HostObjects(host, call.Kinds), message => clock.Suspend(() => post(message)));
        bool hasEnded = false;
        while (_expiry is null && TryRead(ssh, lines, out ReadOnlySpan<byte> line))
        {
            clock.Hear();
            if (cancel.IsCancellationRequested)
            {
                // Read on, so that the far side is not stuck on it; there is not much time.
                continue;
            }

            if (line is [(byte)'{', ..])
            {
                answer.TakeRecord(line);
            }
            else if (Frame(line) is { Kind: HostFrame.End })
            {
                hasEnded = true;
                answer.Complete();
                clock.Begin(CleanupTime, Timeout.InfiniteTimeSpan, "it did not end.");
                break;
            }
            else if (Frame(line) is { Kind: not HostFrame.Pulse } frame)
            {
                answer.Take(frame);
            }

            if (!lines.HasLine)
            {
                answer.Flush();
            }
        }

        if (!hasEnded && !cancel.IsCancellationRequested)
        {
            answer.Flush();
            throw Broken(ssh);
        }
    }

    private bool TryRead(HostProcess ssh, HostLines lines, out ReadOnlySpan<byte> line)
    {
        try
        {
            return lines.TryRead(out line);
        }
        catch (FormatException error)
        {
            ssh.Kill();
            throw HostException.AnswerRefused(host, error.Message);
        }
    }

    private HostFrame Frame(ReadOnlySpan<byte> line)
    {
        try
        {
            return HostFrame.Read(line);
        }
        catch (FormatException error)
        {
            throw HostException.Garbled(host, error);
        }
    }

    private HostException Broken(HostProcess ssh) =>
        _expiry is { } why ? _isServing ? HostException.TimedOut(host, why) : HostException.Unreachable(host, $"It was closed: {why}")
            : _isServing ? HostException.Lost(host, ssh.Complaint)
            : HostException.Unreachable(host, ssh.Complaint);

    // On the thread that cancels, which does not wait for a pipe.
    private void Stop(HostProcess ssh, HostClock clock)
    {
        if (!_isServing)
        {
            ssh.Kill();
            return;
        }

        clock.Begin(CleanupTime, Timeout.InfiniteTimeSpan, "it did not stop.");
        Task.Run(() =>
        {
            try
            {
                ssh.Write("stop");
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // It has ended by itself.
            }
        });
    }
}
