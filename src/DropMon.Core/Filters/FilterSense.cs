using DropMon.Packets;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Filters;

/// <summary>Finds conditions that nothing can match: they would let nothing through, which looks like a network without drops.</summary>
/// <param name="reasons">The reasons that alerts can have.</param>
/// <param name="kernel">The version of the running kernel.</param>
internal sealed class FilterSense(ReasonNames reasons, Version kernel)
{
    private static readonly Version FirstWithReasons = new(5, 17);

    /// <summary>Looks at a filter for drops of this machine.</summary>
    public static void RequireOnThisMachine(DropFilter filter)
    {
        if (filter[FilterField.Reason] is not null || filter[FilterField.Protocol] is not null)
        {
            new FilterSense(ReasonNames.OfThisMachine(), Environment.OSVersion.Version).Require(filter);
        }
    }

    /// <summary>Looks at a filter.</summary>
    /// <exception cref="ReasonException">A reason that neither DropMon nor the kernel knows.</exception>
    /// <exception cref="OptionException">Another pattern that cannot match.</exception>
    public void Require(DropFilter filter)
    {
        if (filter[FilterField.Reason] is not null && kernel < FirstWithReasons)
        {
            throw new OptionException(
                $"Linux {kernel} reports no reasons (5.17 and later do), so {OptionId.Reason} would match nothing.",
                $"Use {OptionId.Function}, {OptionId.Class} or {OptionId.Significance}.");
        }

        foreach (string reason in filter[FilterField.Reason]?.Values ?? [])
        {
            reasons.RequireKnown(NamePattern.Parse(reason));
        }

        foreach (string protocol in filter[FilterField.Protocol]?.Values ?? [])
        {
            RequireProtocol(NamePattern.Parse(protocol));
        }
    }

    private static void RequireProtocol(NamePattern pattern)
    {
        if (!ProtocolSet.IsTransportProtocol(pattern) && !ProtocolSet.IsNetworkProtocol(pattern))
        {
            throw new OptionException(
                $"There is no protocol '{SafeText.Escape(pattern.Text)}', so {OptionId.Protocol} would match nothing.",
                SimilarNames.Question(SimilarNames.To(pattern.Text, EtherType.KnownNames.Concat(IpProtocol.AllNames)))
                    ?? "Use a name such as IPv4, IPv6, ARP, TCP or UDP; or a number such as 0x88cc or IP-253.");
        }
    }
}
