using System.Runtime.InteropServices;
using DropMon.Native;

namespace DropMon.KernelTests.Native;

/// <summary>An XDP program that answers every frame with the same verdict, on a device until it is disposed of.</summary>
internal sealed unsafe partial class XdpProgram : IDisposable
{
    private const nint ProgramLoad = 5; // BPF_PROG_LOAD
    private const nint LinkCreate = 28; // BPF_LINK_CREATE
    private const uint TypeXdp = 6; // BPF_PROG_TYPE_XDP
    private const uint AttachXdp = 37; // BPF_XDP
    private const uint Generic = 2; // XDP_FLAGS_SKB_MODE
    private const uint Native = 4; // XDP_FLAGS_DRV_MODE
    private const ulong MoveToR0 = 0xb7; // BPF_ALU64 | BPF_MOV | BPF_K
    private const ulong Exit = 0x95; // BPF_JMP | BPF_EXIT
    private const int ExpectedAttachTypeAt = 68; // offsetof(union bpf_attr, expected_attach_type)
    private const int LoadSize = 72;

    private readonly SafeFileDescriptor _program;
    private readonly SafeFileDescriptor _link;

    /// <summary>Attaches one in the calling thread's network namespace.</summary>
    /// <param name="interfaceName">The device.</param>
    /// <param name="verdict">XDP_DROP or XDP_PASS.</param>
    /// <param name="isNative">Whether the driver runs it, and not the stack for it.</param>
    public XdpProgram(string interfaceName, XdpVerdict verdict, bool isNative)
    {
        ulong* code = stackalloc ulong[] { MoveToR0 | ((ulong)verdict << 32), Exit };
        byte* license = stackalloc byte[] { (byte)'G', (byte)'P', (byte)'L', 0 };
        byte* load = stackalloc byte[LoadSize];
        new Span<byte>(load, LoadSize).Clear();
        (((uint*)load)[0], ((uint*)load)[1]) = (TypeXdp, 2);
        (((ulong*)load)[1], ((ulong*)load)[2]) = ((ulong)code, (ulong)license);
        *(uint*)(load + ExpectedAttachTypeAt) = AttachXdp;
        _program = Call(ProgramLoad, load, LoadSize, "Loading an XDP program");
        uint* link = stackalloc uint[]
        {
            (uint)_program.DangerousGetHandle(), IndexOf(interfaceName), AttachXdp, isNative ? Native : Generic,
        };
        _link = Call(LinkCreate, link, 4 * sizeof(uint), "Attaching an XDP program");
    }

    public void Dispose()
    {
        _link.Dispose();
        _program.Dispose();
    }

    private static SafeFileDescriptor Call(nint command, void* attributes, nint size, string doing)
    {
        nint result = SystemCall(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 280 : 321, command, attributes, size);
        return result >= 0 ? new SafeFileDescriptor((int)result) : throw SyscallException.FromLastError("bpf", doing);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint command, void* attributes, nint size);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint IndexOf(string name);
}

/// <summary>What an XDP program says of a frame (enum xdp_action).</summary>
internal enum XdpVerdict
{
    Drop = 1,
    Pass = 2,
}
