using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;

namespace DropMon.KernelTests.Native;

/// <summary>Sends equal datagrams as fast as the kernel takes them: sendmmsg(2), 64 a call.</summary>
internal static unsafe partial class DatagramFlood
{
    private const int BatchSize = 64;
    private const int Interrupted = 4; // EINTR
    private const int RefusedEarlier = 111; // ECONNREFUSED: an ICMP answer to an earlier datagram; nothing was sent by this call

    /// <summary>Sends exactly that number of datagrams.</summary>
    /// <param name="socket">An open datagram socket.</param>
    /// <param name="target">Where to.</param>
    /// <param name="payload">What each holds.</param>
    /// <param name="count">How many.</param>
    public static void Send(SafeHandle socket, IPEndPoint target, ReadOnlySpan<byte> payload, long count)
    {
        SocketAddress address = target.Serialize();
        fixed (byte* name = address.Buffer.Span)
        fixed (byte* bytes = payload)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)payload.Length };
            BatchEntry* entries = stackalloc BatchEntry[BatchSize];
            for (int i = 0; i < BatchSize; i++)
            {
                entries[i] = new BatchEntry { Name = name, NameLength = (uint)address.Size, Vector = &vector, VectorCount = 1 };
            }

            for (long left = count; left > 0;)
            {
                int sent = SendMany(socket, entries, (uint)Math.Min(BatchSize, left), 0);
                if (sent >= 0)
                {
                    left -= sent;
                }
                else if (Marshal.GetLastPInvokeError() is not (Interrupted or RefusedEarlier))
                {
                    throw new Win32Exception();
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    private static partial int SendMany(SafeHandle socket, BatchEntry* entries, uint count, int flags);

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct mmsghdr, with its struct msghdr spelt out.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BatchEntry
    {
        public byte* Name;
        public uint NameLength;
        public IoVector* Vector;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
        public uint Sent;
    }
}
