using System.Runtime.InteropServices;
using System.Text;

namespace DropMon.Native;

/// <summary>bpf(2): maps, programs and what they are attached to. All are descriptors of this process: nothing is pinned.</summary>
internal static unsafe partial class Bpf
{
    public const uint MapTypeArray = 2; // BPF_MAP_TYPE_ARRAY
    public const uint MapTypePerCpuArray = 6; // BPF_MAP_TYPE_PERCPU_ARRAY
    public const uint MapTypeStackTrace = 7; // BPF_MAP_TYPE_STACK_TRACE
    public const uint MapTypeRingBuffer = 27; // BPF_MAP_TYPE_RINGBUF, Linux 5.8
    public const uint FlagMappable = 1 << 10; // BPF_F_MMAPABLE
    public const uint ProgramTypeTracing = 26; // BPF_PROG_TYPE_TRACING
    public const uint AttachRawTracepointByType = 23; // BPF_TRACE_RAW_TP

    private const int MapCreate = 0; // BPF_MAP_CREATE
    private const int MapLookup = 1; // BPF_MAP_LOOKUP_ELEM
    private const int ProgramLoad = 5; // BPF_PROG_LOAD
    private const int InfoByDescriptor = 15; // BPF_OBJ_GET_INFO_BY_FD
    private const int RawTracepointOpen = 17; // BPF_RAW_TRACEPOINT_OPEN
    private const nint SystemCallNumberX64 = 321;
    private const nint SystemCallNumberArm64 = 280;
    private const int ReasonLogSize = 64 * 1024;
    private const uint VerdictOnly = 1; // the verifier's log at its first level

    /// <summary>Makes a map.</summary>
    /// <param name="type">BPF_MAP_TYPE_*.</param>
    /// <param name="keySize">Bytes of a key.</param>
    /// <param name="valueSize">Bytes of a value.</param>
    /// <param name="entries">How many entries, or bytes of a ring.</param>
    /// <param name="flags">BPF_F_*.</param>
    /// <exception cref="SyscallException">The kernel refused it.</exception>
    public static SafeFileDescriptor CreateMap(uint type, uint keySize, uint valueSize, uint entries, uint flags = 0)
    {
        var attributes = new MapAttributes { Type = type, KeySize = keySize, ValueSize = valueSize, Entries = entries, Flags = flags };
        return Descriptor(Call(MapCreate, &attributes, sizeof(MapAttributes)), $"Creating a BPF map of type {type}");
    }

    /// <summary>Reads a map's value; for a map with a value for each CPU, all of them one after the other.</summary>
    public static void ReadValue(SafeFileDescriptor map, uint key, Span<byte> value)
    {
        fixed (byte* bytes = value)
        {
            var attributes = new ElementAttributes { Map = (uint)map.DangerousGetHandle(), Key = (ulong)&key, Value = (ulong)bytes };
            if (Call(MapLookup, &attributes, sizeof(ElementAttributes)) < 0)
            {
                throw SyscallException.FromLastError("bpf", "Reading a BPF map");
            }
        }
    }

    /// <summary>Loads a program for a tracepoint with typed arguments.</summary>
    /// <param name="instructions">The code, 8 bytes an instruction.</param>
    /// <param name="license">The licence string; helpers that read kernel memory take a GPL-compatible one.</param>
    /// <param name="name">What the kernel lists it as, at most 15 bytes.</param>
    /// <param name="attachType">The BTF type that it attaches to: the typedef <c>btf_trace_</c> + tracepoint.</param>
    /// <exception cref="BpfLoadException">The kernel refused it.</exception>
    public static SafeFileDescriptor LoadTracing(ReadOnlySpan<byte> instructions, string license, string name, uint attachType)
    {
        // The first try is without a log: the verifier is faster so, and a log that is too small is an error of its own.
        nint descriptor = Load(instructions, license, name, attachType, default);
        if (descriptor >= 0)
        {
            return new SafeFileDescriptor((int)descriptor);
        }

        int errno = Marshal.GetLastPInvokeError();
        byte[] log = new byte[ReasonLogSize];
        descriptor = Load(instructions, license, name, attachType, log);
        return descriptor >= 0
            ? new SafeFileDescriptor((int)descriptor)
            : throw new BpfLoadException(errno, Encoding.UTF8.GetString(log.AsSpan(0, Math.Max(0, log.AsSpan().IndexOf((byte)0)))));
    }

    /// <summary>Attaches a tracing program to what it was loaded for, until the returned descriptor is closed.</summary>
    public static SafeFileDescriptor AttachTracing(SafeFileDescriptor program)
    {
        var attributes = new RawTracepointAttributes { Program = (uint)program.DangerousGetHandle() };
        return Descriptor(
            Call(RawTracepointOpen, &attributes, sizeof(RawTracepointAttributes)),
            "Attaching a BPF program to the tracepoint skb:kfree_skb");
    }

    /// <summary>
    /// How often the kernel skipped a program because it was running already on that CPU (recursion_misses, Linux 5.12); 0 where it does
    /// not count.
    /// </summary>
    public static ulong ReadRecursionMisses(SafeFileDescriptor program) => ReadInfo(program).RecursionMisses;

    /// <summary>How many instructions the verifier looked at (verified_insns, Linux 5.16); 0 where the kernel does not say.</summary>
    public static uint ReadVerifiedInstructions(SafeFileDescriptor program) => ReadInfo(program).VerifiedInstructions;

    private static ProgramInfo ReadInfo(SafeFileDescriptor program)
    {
        var info = default(ProgramInfo);
        var attributes = new InfoAttributes
        {
            Descriptor = (uint)program.DangerousGetHandle(),
            Length = (uint)sizeof(ProgramInfo),
            Info = (ulong)&info
        };
        return Call(InfoByDescriptor, &attributes, sizeof(InfoAttributes)) < 0 ? default : info;
    }

    private static nint Load(ReadOnlySpan<byte> instructions, string license, string name, uint attachType, Span<byte> log)
    {
        byte[] licenseText = Encoding.ASCII.GetBytes(license + '\0');
        var attributes = new ProgramAttributes
        {
            Type = ProgramTypeTracing,
            ExpectedAttachType = AttachRawTracepointByType,
            AttachType = attachType,
            InstructionCount = (uint)(instructions.Length / sizeof(ulong)),
        };
        Encoding.ASCII.GetBytes(name, new Span<byte>(attributes.Name, ProgramAttributes.NameSize - 1));
        fixed (byte* code = instructions, text = licenseText, logBytes = log)
        {
            attributes.Instructions = (ulong)code;
            attributes.License = (ulong)text;
            attributes.LogLevel = log.IsEmpty ? 0 : VerdictOnly;
            attributes.LogSize = (uint)log.Length;
            attributes.LogBuffer = (ulong)logBytes;
            return Call(ProgramLoad, &attributes, sizeof(ProgramAttributes));
        }
    }

    private static SafeFileDescriptor Descriptor(nint result, string doing) =>
        result >= 0 ? new SafeFileDescriptor((int)result) : throw SyscallException.FromLastError("bpf", doing);

    private static nint Call(int command, void* attributes, int size)
    {
        nint number = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => SystemCallNumberX64,
            Architecture.Arm64 => SystemCallNumberArm64,
            _ => throw new PlatformNotSupportedException("DropMon knows the number of bpf(2) only on x64 and arm64."),
        };
        return SystemCall(number, command, attributes, size);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint command, void* attributes, nint size);

    // The parts of union bpf_attr (include/uapi/linux/bpf.h).
    [StructLayout(LayoutKind.Sequential)]
    private struct MapAttributes
    {
        public uint Type;
        public uint KeySize;
        public uint ValueSize;
        public uint Entries;
        public uint Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ElementAttributes
    {
        public uint Map;
        public uint Padding;
        public ulong Key;
        public ulong Value;
        public ulong Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ProgramAttributes
    {
        public const int NameSize = 16; // BPF_OBJ_NAME_LEN

        public uint Type;
        public uint InstructionCount;
        public ulong Instructions;
        public ulong License;
        public uint LogLevel;
        public uint LogSize;
        public ulong LogBuffer;
        public uint KernelVersion;
        public uint Flags;
        public fixed byte Name[NameSize];
        public uint InterfaceIndex;
        public uint ExpectedAttachType;
        public uint ProgramTypeInfo;
        public uint FunctionInfoSize;
        public ulong FunctionInfo;
        public uint FunctionInfoCount;
        public uint LineInfoSize;
        public ulong LineInfo;
        public uint LineInfoCount;
        public uint AttachType; // attach_btf_id
        public uint AttachTo; // attach_prog_fd
        public uint Padding;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct RawTracepointAttributes
    {
        public ulong Name;
        public uint Program;
        public uint Padding;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct InfoAttributes
    {
        public uint Descriptor;
        public uint Length;
        public ulong Info;
    }

    // struct bpf_prog_info up to verified_insns. A kernel that knows less of it leaves the rest 0.
    [StructLayout(LayoutKind.Explicit, Size = 224)]
    private struct ProgramInfo
    {
        [FieldOffset(208)]
        public ulong RecursionMisses;

        [FieldOffset(216)]
        public uint VerifiedInstructions;
    }
}

/// <summary>The kernel did not load a BPF program.</summary>
internal sealed class BpfLoadException(int errno, string verifierLog) : Exception($"The kernel refused a BPF program (errno {errno}).")
{
    public int Errno { get; } = errno;

    /// <summary>What the verifier wrote; empty where it was not asked.</summary>
    public string VerifierLog { get; } = verifierLog;
}
