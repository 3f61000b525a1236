using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace DropMon.Fleet;

/// <summary>ssh, with its standard streams in our hands.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int MostComplaint = 2048;

    // A terminal sends Ctrl+C to all of its processes: ssh is to live until the far side has stopped. It keeps to what is ignored when it
    // starts.
    private const string Shell = "trap '' INT QUIT; exec \"$@\"";

    private static readonly TimeSpan ExitTime = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Thread _complaints;
    private readonly StringBuilder _complaint = new();
    private readonly object _gate = new();

    private HostProcess(Process process)
    {
        _process = process;
        _complaints = new Thread(ReadComplaints) { IsBackground = true, Name = "DropMon ssh errors" };
        _complaints.Start();
    }

    /// <summary>What the far side says.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What ssh, or a program on the far side, last complained of; empty where of nothing.</summary>
    public string Complaint
    {
        get
        {
            _complaints.Join(ExitTime);
            lock (_complaint)
            {
                return HostText.Of(_complaint.ToString().ReplaceLineEndings(" ").Trim());
            }
        }
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="Win32Exception">There is no shell.</exception>
    public static HostProcess Start(HostConnection host)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (string argument in (string[])["-c", Shell, "sh", "ssh", .. host.SshArguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Sends a line.</summary>
    /// <exception cref="IOException">ssh has ended.</exception>
    public void Write(string line)
    {
        lock (_gate)
        {
            Stream input = _process.StandardInput.BaseStream;
            input.Write(Encoding.ASCII.GetBytes(line + "\n"));
            input.Flush();
        }
    }

    /// <summary>Ends it at once, with what it started: that may hold the streams open. From any thread.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    /// <summary>Ends it, if it has not ended.</summary>
    public void Dispose()
    {
        if (!_process.WaitForExit(ExitTime))
        {
            Kill();
        }

        _process.Dispose();
    }

    // The last of it: what comes first are warnings. A process that ssh leaves behind may hold the stream open.
    private void ReadComplaints()
    {
        var block = new char[512];
        try
        {
            while (_process.StandardError.Read(block) is > 0 and var read)
            {
                lock (_complaint)
                {
                    _complaint.Append(block, 0, read);
                    _complaint.Remove(0, Math.Max(0, _complaint.Length - MostComplaint));
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is disposed of.
        }
    }
}
