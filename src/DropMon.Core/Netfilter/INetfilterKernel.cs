using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>The kernel as netfilter's rules are asked of it, those of this thread's network namespace. Tests script it.</summary>
internal interface INetfilterKernel : IDisposable
{
    /// <summary>Asks nfnetlink.</summary>
    /// <exception cref="DropMonException">The kernel refused.</exception>
    void Execute(NetlinkRequest request, NetlinkReplyHandler onReply);

    /// <summary>Reads a table of xtables; null where there is none of that name.</summary>
    /// <exception cref="DropMonException">The kernel refused.</exception>
    XtTableBytes? ReadTable(XtFamily family, string table);
}

/// <summary>A table as getsockopt(2) gives it.</summary>
/// <param name="Info">struct ipt_getinfo, or that of its family.</param>
/// <param name="Entries">The entries behind struct ipt_get_entries.</param>
internal sealed record XtTableBytes(byte[] Info, byte[] Entries);
