namespace DropMon.KernelTests.Causes;

/// <summary>One way to have packets dropped, and what must be said of it.</summary>
/// <param name="Name">What happens, in words.</param>
/// <param name="Class">The class of the alerts.</param>
/// <param name="Functions">The functions that may drop, by kernel and by what the compiler inlined; <c>*</c> allowed.</param>
internal sealed record DropCause(string Name, DropClass Class, params string[] Functions)
{
    /// <summary>The reason; none is expected of kernels before <see cref="ReasonSince"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The first kernel that gives the reason.</summary>
    public Version ReasonSince { get; init; } = new(6, 1);

    /// <summary>What kernels between 6.1 and <see cref="ReasonSince"/> say instead.</summary>
    public string EarlierReason { get; init; } = "NOT_SPECIFIED";

    /// <summary>
    /// The class that the function alone tells, where a kernel gives no reason and other causes drop there too; null for
    /// <see cref="Class"/>.
    /// </summary>
    public DropClass? ClassWithoutReason { get; init; }

    /// <summary>The first kernel that reports the drop; those before free the packet in a way that no source hears of.</summary>
    public Version SeenSince { get; init; } = new(5, 10);

    /// <summary>The type of the alerts; null for the reason's name, or nothing where there is no reason.</summary>
    public string? Type { get; init; }

    /// <summary>Whether the type is known without a reason as well.</summary>
    public bool TypeNeedsReason { get; init; }

    /// <summary>What the alerts must say of the drop's weight; null where that is not tested.</summary>
    public DropSignificance? Significance { get; init; }

    /// <summary>
    /// The weight where neither reason nor packet tells the cause from others at the same place; null for <see cref="Significance"/>.
    /// </summary>
    public DropSignificance? SignificanceWithoutReason { get; init; }

    /// <summary>A word that the explanation must hold.</summary>
    public string? Says { get; init; }

    /// <summary>The counters that must rise by one for each drop.</summary>
    public string[] Counters { get; init; } = [];

    /// <summary>The first kernel whose counters do.</summary>
    public Version CountersSince { get; init; } = new(5, 10);

    /// <summary>
    /// Where it is counted and dropped on output, without a MAC header, which the drop monitor's packet mode does not report.
    /// </summary>
    public bool NeedsTracepoint { get; init; }

    /// <summary>Makes the namespaces ready.</summary>
    public Action<NamespacePair> Prepare { get; init; } = static _ => { };

    /// <summary>Brings about a number of drops.</summary>
    public required Action<NamespacePair, int> Provoke { get; init; }

    /// <summary>Why this kernel cannot do it, found by asking the kernel; null where it can. A kernel of the rig must.</summary>
    public Func<NamespacePair, string?> Missing { get; init; } = static _ => null;

    /// <summary>The reason that a kernel gives; null where it gives none.</summary>
    public string? ReasonOn(Version kernel) => kernel < new Version(6, 1) ? null : kernel < ReasonSince ? EarlierReason : Reason;

    /// <summary>The class of the alerts on a kernel.</summary>
    public DropClass ClassOn(Version kernel) => ReasonOn(kernel) is null ? ClassWithoutReason ?? Class : Class;

    public override string ToString() => Name;
}
