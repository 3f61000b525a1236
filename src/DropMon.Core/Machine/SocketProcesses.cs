namespace DropMon.Machine;

/// <summary>Names the processes that hold sockets. Scans /proc once, and only on request.</summary>
internal sealed class SocketProcesses(IMachine machine)
{
    private Dictionary<ulong, int>? _holders;

    /// <summary>The socket with its process; unchanged if no process holds it, or only root may know.</summary>
    public DropCounterSocket Name(DropCounterSocket socket)
    {
        if (socket.Inode == 0)
        {
            return socket;
        }

        if (_holders is null)
        {
            _holders = [];
            foreach ((ulong inode, int process) in SocketOwners.FindAll(machine))
            {
                _holders.TryAdd(inode, process);
            }
        }

        return _holders.TryGetValue(socket.Inode, out int holder)
            ? socket with
            {
                ProcessId = holder,
                ProcessName = SafeText.Escape(machine.ReadFile($"/proc/{holder}/comm")?.TrimEnd('\n') ?? "?")
            }
            : socket;
    }
}
