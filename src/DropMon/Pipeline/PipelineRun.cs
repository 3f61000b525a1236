using System.Management.Automation;
using DropMon.Output;

namespace DropMon.Pipeline;

/// <summary>
/// Runs what holds a source within the pipeline of a cmdlet: whatever ends the pipeline ends it.
/// </summary>
/// <param name="cmdlet">The cmdlet, which shows the log.</param>
/// <param name="fail">Takes the error that ended it.</param>
internal sealed class PipelineRun(PSCmdlet cmdlet, Action<DropMonException> fail) : IPipelineWork
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _running;
    private LogOutput? _log;
    private Action? _cancel;
    private bool _isStopping;

    /// <summary>Cancelled by Ctrl+C.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Runs something that holds a source.</summary>
    /// <param name="start">Acquires it.</param>
    /// <param name="cancel">Asks it to end; from another thread.</param>
    /// <param name="use">Uses it until its end.</param>
    public void Run<T>(Func<T> start, Action<T> cancel, Action<T> use)
        where T : class, IDisposable
    {
        using var log = new LogOutput(cmdlet);
        _log = log;
        try
        {
            using T running = start();
            lock (_gate)
            {
                _running = running;
                _cancel = () => cancel(running);
                if (_isStopping)
                {
                    _cancel();
                }
            }

            WriteLog();
            use(running);
            WriteLog();
        }
        catch (DropMonException error)
        {
            WriteLog();
            fail(error);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
                _cancel = null;
            }

            _log = null;
        }
    }

    /// <summary>Writes what was logged meanwhile; on the pipeline's thread.</summary>
    public void WriteLog() => _log?.Write();

    /// <inheritdoc/>
    public void Cancel()
    {
        lock (_gate)
        {
            _isStopping = true;
            _cancel?.Invoke();
        }

        _stop.Cancel();
    }

    /// <summary>Stops the source when an error or Select-Object -First ended the pipeline.</summary>
    public void Dispose()
    {
        _running?.Dispose();
        _stop.Dispose();
    }
}
