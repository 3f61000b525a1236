using System.Runtime.InteropServices;
using DropMon.Filters;
using DropMon.Kernel.Btf;
using DropMon.Logging;
using DropMon.Machine;
using DropMon.Native;
using DropMon.Reasons;
using DropMon.Sources.Ebpf.Assembly;
using DropMon.Sources.Ebpf.Filtering;
using DropMon.Text;

namespace DropMon.Sources.Ebpf;

/// <summary>
/// The maps, the program and its attachment. Closing them, or the end of the process in any way, takes all of it out of the kernel.
/// </summary>
internal sealed class EbpfObjects : IDisposable
{
    private const string ProgramName = "dropmon_drop";
    private const string BtfFile = "/sys/kernel/btf/vmlinux";

    private readonly List<IDisposable> _owned = [];
    private readonly SafeFileDescriptor _counts;
    private readonly SafeFileDescriptor _program;
    private readonly int _countsSize;
    private SafeFileDescriptor? _attachment;

    /// <summary>Loads the program; <see cref="Attach"/> lets it see drops.</summary>
    /// <param name="options">What it reads.</param>
    /// <param name="filter">What to reject.</param>
    /// <exception cref="DropMonException">The kernel lacks something, or refuses it to this process; nothing is left behind.</exception>
    public EbpfObjects(EbpfOptions options, ProgramFilter filter)
    {
        var layout = new SkbLayout(ReadTypes());
        HasReason = layout.HasReason;
        _countsSize = KfreeSkbProgram.CountsSize * CpuList.ReadPossible().Length;
        try
        {
            RingMap = Own(CreateRing(options.RingSize));
            Ring = Own(new BpfRing(RingMap, options.RingSize));
            _counts = Own(Bpf.CreateMap(Bpf.MapTypePerCpuArray, sizeof(uint), KfreeSkbProgram.CountsSize, 1));
            WakeUp = Own(new WakeUpWord());
            Stacks = options.StackTrace ? Own(new StackMap()) : null;
            BpfAssembler code = new KfreeSkbProgram(layout, options.Bytes, filter).Write(
                Number(RingMap), Number(_counts), Number(WakeUp.Map), Stacks is null ? null : Number(Stacks.Map));
            _program = Own(Bpf.LoadTracing(code.Assemble(), KfreeSkbProgram.License, ProgramName, layout.AttachType));
            DropMonEvents.Log.ProgramLoaded(
                Plural.Of(code.Count, "instruction"),
                Bpf.ReadVerifiedInstructions(_program) is > 0 and var count ? $"looked at {count}" : "does not say how many it looked at");
        }
        catch (BpfLoadException error)
        {
            Dispose();
            ProgramLog.Refused(error.VerifierLog);
            throw Refusal(error);
        }
        catch (SyscallException error) when (error.Errno == Errno.EPERM)
        {
            Dispose();
            throw Refusal(error);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether the kernel passes a reason.</summary>
    public bool HasReason { get; }

    public SafeFileDescriptor RingMap { get; }

    public BpfRing Ring { get; }

    public WakeUpWord WakeUp { get; }

    /// <summary>The stacks of the drops; null where none are asked for.</summary>
    public StackMap? Stacks { get; }

    /// <summary>Lets the program see drops.</summary>
    public void Attach() => _attachment = Own(Bpf.AttachTracing(_program));

    /// <summary>Ends what it sees; what it has written stays in the ring.</summary>
    public void Detach()
    {
        _attachment?.Dispose();
        _attachment = null;
    }

    /// <summary>Events that found no room in the ring, and drops that the filter rejected: of all CPUs, from one look.</summary>
    public (long Refused, long Rejected) ReadCounts()
    {
        byte[] perCpu = new byte[_countsSize];
        Bpf.ReadValue(_counts, 0, perCpu);
        ReadOnlySpan<long> values = MemoryMarshal.Cast<byte, long>(perCpu);
        long refused = 0, rejected = 0;
        for (int cpu = 0; cpu < values.Length; cpu += KfreeSkbProgram.CountsSize / sizeof(long))
        {
            refused += values[cpu + (KfreeSkbProgram.RefusedOffset / sizeof(long))];
            rejected += values[cpu + (KfreeSkbProgram.RejectedOffset / sizeof(long))];
        }

        return (refused, rejected);
    }

    /// <summary>Drops that the program did not see because it was running already on their CPU.</summary>
    public long ReadSkipped() => (long)Bpf.ReadRecursionMisses(_program);

    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--)
        {
            _owned[i].Dispose();
        }
    }

    /// <summary>The program for people, as it is for a request without a filter on this kernel.</summary>
    /// <exception cref="DropMonException">The kernel's types cannot be read.</exception>
    public static string List(EbpfOptions options)
    {
        var layout = new SkbLayout(ReadTypes());
        var filter = new ProgramFilter(DropFilter.None, new KernelReasonTable(new Dictionary<uint, string>()));
        return new KfreeSkbProgram(layout, options.Bytes, filter).Write(ring: 0, counts: 0, doorbell: 0).List();
    }

    private static BtfTypes ReadTypes()
    {
        try
        {
            return BtfTypes.TryParse(File.ReadAllBytes(BtfFile)) ?? throw new InvalidDataException();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new KernelFeatureMissingException(
                "BtfMissing", $"{BtfFile} cannot be read, so the eBPF source does not know the kernel's structures.",
                "Use a kernel built with CONFIG_DEBUG_INFO_BTF, and mount /sys.", error);
        }
    }

    // Up to Linux 5.10 a map counts against the limit of locked memory, which is 64 KiB by default.
    private static SafeFileDescriptor CreateRing(int size)
    {
        try
        {
            return Bpf.CreateMap(Bpf.MapTypeRingBuffer, 0, 0, (uint)size);
        }
        catch (SyscallException error) when (error.Errno == Errno.EPERM && HoldsBpf())
        {
            return ResourceLimit.TryRaiseLockedMemory()
                ? Bpf.CreateMap(Bpf.MapTypeRingBuffer, 0, 0, (uint)size)
                : throw new PrivilegeException(
                    $"The kernel counts the {size} bytes of the eBPF source's ring against this process's limit of locked memory, which "
                        + "is lower.",
                    "CAP_SYS_RESOURCE, or raise the limit (ulimit -l unlimited, or LimitMEMLOCK=infinity in a systemd unit)", error);
        }
    }

    private static bool HoldsBpf()
    {
        CapabilitySet held = CapabilitySet.Parse(File.ReadAllText("/proc/thread-self/status"));
        return held.Has(Capability.Bpf) || held.Has(Capability.SysAdmin);
    }

    private static PrivilegeException Refusal(SyscallException error) =>
        new("The kernel refused to create what the eBPF program needs (bpf: EPERM).", EbpfDescriptor.Needed, error);

    private static DropMonException Refusal(BpfLoadException error)
    {
        if (error.Errno == Errno.EPERM)
        {
            return new PrivilegeException(
                "The kernel refused to load the eBPF program that watches dropped packets (bpf: EPERM).", EbpfDescriptor.Needed, error);
        }

        // The verifier then says that the helper does not exist.
        bool isLockedDown = KernelLockdown.Level == KernelLockdown.Confidentiality
            && error.VerifierLog.Contains("bpf_probe_read_kernel", StringComparison.Ordinal);
        return isLockedDown
            ? new KernelFeatureMissingException(
                "EbpfLockedDown",
                "The kernel was booted with lockdown=confidentiality, so no BPF program may read a packet's bytes and route, "
                    + "not even root's.",
                "Use another source, such as the drop monitor; or boot with lockdown=integrity.", error)
            : new KernelFeatureMissingException(
                "EbpfRefused",
                $"The kernel's verifier refused the eBPF program that watches dropped packets (errno {error.Errno}): "
                    + $"{LastLine(error.VerifierLog)}",
                $"Use another source, and report this with {CommandId.Doctor}'s output.", error);
    }

    private static string LastLine(string log) =>
        SafeText.Escape(log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault(line => !line.StartsWith("processed", StringComparison.Ordinal)) ?? "no reason given");

    private static int Number(SafeFileDescriptor descriptor) => (int)descriptor.DangerousGetHandle();

    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
