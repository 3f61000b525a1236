using DropMon.Counters.Tables;
using DropMon.Text;

namespace DropMon.Evidence;

/// <summary>Whose the hardware address and the VLAN of a frame are that the kernel took for another host's (OTHERHOST).</summary>
internal static class FrameAddress
{
    /// <summary>Compares the frame with the interfaces of this network namespace.</summary>
    /// <param name="query">What is asked, with the frame's address if its bytes are known.</param>
    /// <param name="links">The interfaces.</param>
    /// <param name="isAsked">Whether the frame may have been taken for another host's.</param>
    public static IEnumerable<DropEvidence> Examine(EvidenceQuery query, IReadOnlyList<KernelLink> links, bool isAsked)
    {
        if (!isAsked)
        {
            yield break;
        }

        if (query.DestinationMac is not { } address)
        {
            if (query.DecidingReason is not null)
            {
                yield return Found(
                    query,
                    "frame",
                    "Its address is not known without its bytes: it is another host's, or this host's own with a VLAN tag that has no "
                        + "device here.",
                    null,
                    EvidenceVerdict.Neutral);
            }

            yield break;
        }

        KernelLink? came = query.InterfaceName is { } name ? links.FirstOrDefault(link => link.Name == name) : null;
        KernelLink? owner = came?.Address == address ? came : links.FirstOrDefault(link => link.Address == address);
        yield return owner is null
            ? Found(query, "frame", $"It is for {address}, which no interface of this network namespace has now.", address,
                EvidenceVerdict.Neutral)
            : came is null || owner == came
                ? Own(query, owner, address, links)
                : Found(query, "frame", $"It is for {address}, the address of {owner.SafeName}, and came by {came.SafeName}, which has "
                    + $"{came.Address ?? "none"}.", address, Verdict(query));
    }

    // eth_type_trans has taken the frame for this host's. What makes it another's then is __netif_receive_skb_core: a VLAN tag without a
    // device. It takes the tag out of the bytes.
    private static DropEvidence Own(EvidenceQuery query, KernelLink link, string address, IReadOnlyList<KernelLink> links)
    {
        int[] vlans = [.. links.Where(other => other.Lower == link.Index && other.Vlan is not null).Select(other => other.Vlan!.Value)
            .Order()];
        string devices = vlans.Length == 0 ? "no VLAN device" : $"devices for the VLANs {string.Join(", ", vlans)}";
        if (query.Vlan is { } tag and not 0 && vlans.Contains(tag))
        {
            return Found(query, "frame", $"It is for {address}, the address of {link.SafeName}, with the VLAN tag {tag}, for which there "
                + "is a device now.", address, EvidenceVerdict.Neutral);
        }

        string which = query.Vlan is { } known and not 0 ? $"the VLAN tag {known}" : "a VLAN tag (the kernel has taken it off)";
        return Found(
            query,
            "frame",
            $"It is for {address}, this host's own address of {link.SafeName}. The kernel takes such a frame for another host's where it "
                + $"has {which} without a device here: "
            + $"{link.SafeName} has {devices}. Fix: ip link add link {ShellQuote.Word(link.Name)} name "
                + $"{ShellQuote.Word($"{link.Name}.VLAN")} type vlan id VLAN, or correct the switch port.",
            address,
            Verdict(query));
    }

    private static EvidenceVerdict Verdict(EvidenceQuery query) => query.DecidingReason is null
        ? EvidenceVerdict.Neutral : EvidenceVerdict.Confirms;

    private static DropEvidence Found(EvidenceQuery query, string subject, string finding, string? value, EvidenceVerdict verdict) =>
        EvidenceProbe.Found(query, subject, finding, value, verdict, LinkTable.Source);
}
