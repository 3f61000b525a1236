using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using DropMon.Fleet;

namespace DropMon.Commands;

/// <summary>
/// The far side of a cmdlet with -HostName: runs one call and writes what comes of it to the standard output, a line each. Writing waits
/// for the reader, and with it the call: what then finds no room in the session's buffer is counted there.
/// </summary>
public sealed class FleetServer : IDisposable
{
    // Remoting's own depth for objects that do not say theirs.
    private const int SerializationDepth = 1;

    private static readonly TimeSpan StopInterval = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly Timer _pulse;

    private FleetServer() => _pulse = new Timer(_ => Pulse(), null, TimeSpan.Zero, HostFrame.PulseInterval);

    /// <summary>Runs a call to its end, or until a line or the end of the standard input.</summary>
    /// <param name="request">The call, as <see cref="FleetCall.ToRequest"/> makes it.</param>
    /// <param name="module">The file of the module.</param>
    public static void Serve(string request, string module)
    {
        using var server = new FleetServer();
        server.Run((Hashtable)PSObject.AsPSObject(PSSerializer.Deserialize(Encoding.UTF8.GetString(Convert.FromBase64String(request))))
            .BaseObject, module);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pulse.Dispose();
        _output.Dispose();
    }

    // Without pwsh's own host, which would write warnings and more between the lines.
    private void Run(Hashtable call, string module)
    {
        InitialSessionState session = InitialSessionState.CreateDefault2();
        session.ImportPSModule([module]);
        using Runspace runspace = RunspaceFactory.CreateRunspace(session);
        runspace.Open();
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(FleetScript.InvokeCommand).AddParameter("Command", call["Command"])
            .AddParameter("Arguments", PSObject.AsPSObject(call["Arguments"]!).BaseObject);
        using var output = new PSDataCollection<PSObject?>();
        PSDataStreams streams = shell.Streams;
        bool isRelay = call["Command"] is null;
        output.DataAdded += (_, _) => WriteAll(output.ReadAll(), value => WriteOutput(value, isRelay));
        streams.Warning.DataAdded += (_, _) => WriteAll(streams.Warning.ReadAll(), record => Write(HostFrame.Warning, record.Message));
        streams.Verbose.DataAdded += (_, _) => WriteAll(streams.Verbose.ReadAll(), record => Write(HostFrame.Verbose, record.Message));
        streams.Error.DataAdded += (_, _) => WriteAll(streams.Error.ReadAll(), WriteError);
        using var ended = new ManualResetEventSlim();
        new Thread(() => StopOnRequest(shell, ended)) { IsBackground = true, Name = "DropMon fleet requests" }.Start();
        try
        {
            shell.Invoke(null, output, new PSInvocationSettings());
        }
        catch (PipelineStoppedException)
        {
            // As it was asked for.
        }
        catch (RuntimeException error)
        {
            WriteError(error.ErrorRecord);
        }
        finally
        {
            ended.Set();
        }
    }

    // Whatever the line is; there is none when the other side has gone.
    private void StopOnRequest(PowerShell shell, ManualResetEventSlim ended)
    {
        Console.In.ReadLine();
        while (!ended.Wait(StopInterval))
        {
            shell.BeginStop(null, null);
        }
    }

    private static void WriteAll<T>(IEnumerable<T> records, Action<T> write)
    {
        foreach (T record in records)
        {
            write(record);
        }
    }

    private void WriteOutput(PSObject? value, bool isRelay)
    {
        if (isRelay && value?.BaseObject is string lines)
        {
            Write(Encoding.UTF8.GetBytes(lines));
        }
        else
        {
            Write(HostFrame.Object, PSSerializer.Serialize(value, SerializationDepth));
        }
    }

    private void WriteError(ErrorRecord error) =>
        Write(HostFrame.Error, error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category.ToString(),
            error.ErrorDetails?.Message ?? error.Exception.Message, error.ErrorDetails?.RecommendedAction ?? "");

    private void Write(char kind, params string[] texts) =>
        Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{kind}{string.Concat(texts.Select(text => " " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text))))}\n")));

    private void Write(byte[] line)
    {
        lock (_gate)
        {
            try
            {
                _output.Write(line);
                _output.Flush();
            }
            catch (IOException)
            {
                // The other side has gone, and the end of the standard input says so too.
            }
        }
    }

    // Says that this side lives. While a line waits for the reader, that is no news.
    private void Pulse()
    {
        if (Monitor.TryEnter(_gate))
        {
            try
            {
                Write([(byte)HostFrame.Pulse, (byte)'\n']);
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }
    }
}
