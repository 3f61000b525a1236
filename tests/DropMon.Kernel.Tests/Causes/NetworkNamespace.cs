using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using DropMon.KernelTests.Native;

namespace DropMon.KernelTests.Causes;

/// <summary>
/// A network namespace that one thread of this process lives in. What is to happen there is done by that thread. It has no
/// name, so it is gone with the thread, however the test ends.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private readonly List<IDisposable> _kept = [];

    public NetworkNamespace()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "network namespace" };
        _thread.Start();
        Path = Run(() =>
        {
            NetworkNamespaceCall.Unshare();
            return $"/proc/{Environment.ProcessId}/task/{NetworkNamespaceCall.ThreadId()}/ns/net";
        });
    }

    /// <summary>The file that stands for it.</summary>
    public string Path { get; }

    public void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    public T Run<T>(Func<T> function)
    {
        if (Thread.CurrentThread == _thread)
        {
            // What runs there may ask for more there: waiting for itself, it would never end.
            return function();
        }

        T result = default!;
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        _work.Add(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception error)
            {
                // Thrown again where it is waited for.
                failure = ExceptionDispatchInfo.Capture(error);
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
        failure?.Throw();
        return result;
    }

    /// <summary>Runs shell commands there; the first that fails is an error with what it said.</summary>
    public void Shell(string commands)
    {
        (int code, string said) = TryShell(commands);
        Assert.True(code == 0, $"'{commands}' failed: {said}");
    }

    /// <inheritdoc cref="Shell"/>
    public (int Code, string Said) TryShell(string commands) => Run(() =>
    {
        using var shell = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-e", "-c", commands])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string said = shell.StandardError.ReadToEnd();
        said += shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, said);
    });

    /// <summary>Disposes something together with the namespace.</summary>
    public T Keep<T>(T item)
        where T : IDisposable
    {
        _kept.Add(item);
        return item;
    }

    public void Dispose()
    {
        _kept.ForEach(item => item.Dispose());
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Work()
    {
        foreach (Action action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
