using System.Runtime.InteropServices;

namespace DropMon.Cli;

/// <summary>The signals that ask a command to end. While this lives they do not kill the process: it winds up what it was doing.</summary>
internal sealed class EndingSignals : IDisposable
{
    private static readonly PosixSignal[] All = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Begins to listen.</summary>
    /// <param name="onSignal">Called at each, on a thread of its own.</param>
    public EndingSignals(Action onSignal) => _registrations = Array.ConvertAll(All, signal => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        onSignal();
    }));

    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
