using System.Runtime.InteropServices;
using System.Text;
using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>This kernel. What is opened belongs to the network namespace of the thread that asks first.</summary>
internal sealed class NetfilterKernel : INetfilterKernel
{
    private const int NameSize = 32; // XT_TABLE_MAXNAMELEN
    private const int EntriesHeaderSize = 40; // struct ipt_get_entries: name, size, padding
    private const int MaximumSize = 64 << 20;
    private const int Tries = 5;

    private NetlinkConnection? _connection;

    public void Execute(NetlinkRequest request, NetlinkReplyHandler onReply) =>
        (_connection ??= NetlinkConnection.Open(NetlinkSocket.Netfilter)).Execute(request, onReply);

    public XtTableBytes? ReadTable(XtFamily family, string table)
    {
        string what = $"Reading the table {SafeText.Escape(table)} of {family.Name}";
        if (Encoding.UTF8.GetByteCount(table) >= NameSize)
        {
            return null;
        }

        using SafeFileDescriptor socket = SocketOption.OpenRaw(family.SocketFamily);
        byte[] info = new byte[family.InfoSize];
        int status = 0;

        // A table that is replaced meanwhile has another size.
        for (int i = 0; i < Tries; i++)
        {
            Encoding.UTF8.GetBytes(table, info);
            status = SocketOption.Get(socket, family.Level, family.GetInfo, info);
            if (status == -Errno.ENOENT)
            {
                return null;
            }

            uint size = MemoryMarshal.Read<uint>(info.AsSpan(family.InfoSize - 4));
            if (status < 0 || size > MaximumSize)
            {
                break;
            }

            byte[] entries = new byte[EntriesHeaderSize + size];
            Encoding.UTF8.GetBytes(table, entries);
            BitConverter.TryWriteBytes(entries.AsSpan(NameSize), size);
            status = SocketOption.Get(socket, family.Level, family.GetInfo + 1, entries);
            if (status >= 0)
            {
                return new XtTableBytes(info, entries[EntriesHeaderSize..]);
            }

            if (status != -Errno.EAGAIN)
            {
                break;
            }
        }

        throw status < 0
            ? new SyscallException("getsockopt", -status, what)
            : new NetlinkFormatException($"{what}: it is larger than {MaximumSize >> 20} MB.");
    }

    public void Dispose() => _connection?.Dispose();
}
