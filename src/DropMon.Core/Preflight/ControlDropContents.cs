using DropMon.Model.Fields;

namespace DropMon.Preflight;

/// <summary>
/// Compares what a source reported of the control drop with what is known of it: it was sent on the loopback device of this network
/// namespace, and its bytes are known. What the source does not carry is not compared.
/// </summary>
internal sealed class ControlDropContents
{
    private const string Loopback = "lo";

    private readonly List<string> _right = [];
    private readonly List<string> _wrong = [];

    /// <param name="alert">The control drop as it arrived.</param>
    /// <param name="content">What the source's alerts carry.</param>
    /// <param name="sent">The bytes that were sent.</param>
    /// <param name="networkNamespace">The inode number of the namespace that it was sent in; null where that is unknown.</param>
    public ControlDropContents(DropAlert alert, DropContent content, ReadOnlySpan<byte> sent, ulong? networkNamespace)
    {
        if (content.HasFlag(DropContent.Interface))
        {
            Compare("interface", alert.InterfaceName ?? "none", Loopback);
        }

        if (content.HasFlag(DropContent.NetworkNamespace) && networkNamespace is { } own)
        {
            Compare("network namespace", alert.NetworkNamespace?.ToString() ?? "none", own.ToString());
        }

        if (!content.HasFlag(DropContent.Packet))
        {
            return;
        }

        // Another process may have the drop monitor cut packets.
        bool isWhole = alert.Payload is { } bytes && alert.OriginalLength == bytes.Length;
        if (alert.Payload is not { } payload)
        {
            _wrong.Add("no bytes of the packet");
        }
        else if (isWhole && payload.AsSpan().EndsWith(sent))
        {
            _right.Add("the packet's bytes");
        }
        else if (isWhole)
        {
            _wrong.Add("other bytes than were sent");
        }
    }

    /// <summary>What was compared and is right, for a sentence; null where nothing was.</summary>
    public string? Right => _right.Count == 0 ? null : string.Join(", ", _right);

    /// <summary>What is wrong, for a sentence; null where nothing is.</summary>
    public string? Wrong => _wrong.Count == 0 ? null : string.Join(", ", _wrong);

    private void Compare(string what, string found, string expected)
    {
        if (found == expected)
        {
            _right.Add($"{what} {expected}");
        }
        else
        {
            _wrong.Add($"{what} {SafeText.Escape(found)} instead of {expected}");
        }
    }
}
