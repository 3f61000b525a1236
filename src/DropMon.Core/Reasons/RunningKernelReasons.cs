using DropMon.Kernel.Btf;
using DropMon.Kernel.Tracing;

namespace DropMon.Reasons;

/// <summary>
/// All reasons of the running kernel: those that its BTF lists, readable by everybody, and those that the tracepoint's format file adds.
/// </summary>
/// <param name="btf">The kernel's own description of its types.</param>
/// <param name="formatNames">The names in the tracepoint's format file, as far as this process may read it.</param>
internal sealed class RunningKernelReasons(KernelBtf btf, Func<IReadOnlyDictionary<uint, string>> formatNames) : IRunningKernelReasons
{
    private KernelReason[]? _reasons;

    /// <summary>Those of this machine's kernel, read when first asked for.</summary>
    public static RunningKernelReasons OfThisMachine() => new(new KernelBtf(), KfreeSkbTracepoint.TryReadReasonNames);

    /// <inheritdoc/>
    public IReadOnlyCollection<KernelReason> Reasons => _reasons ??= Read();

    private KernelReason[] Read()
    {
        var reasons = new SortedDictionary<uint, KernelReason>();
        foreach ((uint number, KernelReason reason) in BtfReasonNames.Read(btf).Reasons)
        {
            reasons.Add(number, reason);
        }

        foreach ((uint number, string name) in formatNames().Where(pair => pair.Value != KernelReasonTable.EndMarker))
        {
            reasons.TryAdd(number, new KernelReason(name, KernelReasonTable.CoreSubsystem));
        }

        return [.. reasons.Values];
    }
}
