using System.Collections.Concurrent;
using System.Management.Automation;
using DropMon.Logging;

namespace DropMon.Output;

/// <summary>
/// Writes the engine's log with -Verbose, its details with -Debug. The log is written on any thread, a cmdlet writes on its own: lines wait
/// for <see cref="Write"/>.
/// </summary>
internal sealed class LogOutput : IDisposable
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private readonly PSCmdlet _cmdlet;
    private readonly LogReader? _reader;

    /// <summary>Reads the log, if the cmdlet is to show it, until disposed.</summary>
    public LogOutput(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        bool hasDetails = Shows("Debug");
        if (hasDetails || Shows("Verbose"))
        {
            _reader = new LogReader(hasDetails, _lines.Enqueue);
        }
    }

    /// <summary>Writes what was logged meanwhile; on the pipeline's thread.</summary>
    public void Write()
    {
        while (_lines.TryDequeue(out LogLine line))
        {
            if (line.IsDetail)
            {
                _cmdlet.WriteDebug(CmdletText.Of(line.Text));
            }
            else
            {
                _cmdlet.WriteVerbose(CmdletText.Of(line.Text));
            }
        }
    }

    /// <summary>Ends it. What was not written is not shown: a pipeline that has ended takes nothing more.</summary>
    public void Dispose() => _reader?.Dispose();

    private bool Shows(string stream) =>
        _cmdlet.MyInvocation.BoundParameters.TryGetValue(stream, out object? given)
            ? LanguagePrimitives.IsTrue(given)
            : $"{_cmdlet.GetVariableValue(stream + "Preference")}" is not ("" or "SilentlyContinue" or "Ignore");
}
