using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>
/// Runs an action when the process ends by itself or by a signal that can be caught. .NET 10 no longer raises ProcessExit
/// for signals by itself, so they are registered for.
/// </summary>
internal sealed class ExitGuard : IDisposable
{
    private readonly Action _onExit;
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Begins to watch.</summary>
    /// <param name="onExit">Runs on the thread that ends the process, perhaps more than once: it must bear that.</param>
    public ExitGuard(Action onExit)
    {
        _onExit = onExit;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, _ => _onExit()));
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => _onExit();
}
