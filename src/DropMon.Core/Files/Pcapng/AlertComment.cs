using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace DropMon.Files.Pcapng;

/// <summary>The comment that Wireshark shows beside a packet: class, reason, function, line and what they mean, on one line.</summary>
internal sealed class AlertComment
{
    // It keeps no site from being freed, and forgets those that are.
    private readonly ConditionalWeakTable<DropSite, byte[]> _ofSites = [];

    public ReadOnlySpan<byte> Of(DropAlert alert)
    {
        // Nearly all alerts stand for one packet, and say the same as any other of their site.
        if (alert.Count != 1 || alert.Origin != DropOrigin.Software)
        {
            return Encode(alert);
        }

        if (!_ofSites.TryGetValue(alert.Site, out byte[]? comment))
        {
            comment = Encode(alert);
            _ofSites.Add(alert.Site, comment);
        }

        return comment;
    }

    private static byte[] Encode(DropAlert alert)
    {
        var text = new StringBuilder();
        text.Append(alert).Append(CultureInfo.InvariantCulture, $" [{alert.Significance}]");
        if (alert.Origin == DropOrigin.Hardware)
        {
            text.Append(CultureInfo.InvariantCulture, $" hardware trap {alert.TrapName}");
        }

        if (alert.Explanation is { } explanation)
        {
            text.Append(' ').Append(explanation);
        }

        return PcapngBlockWriter.EncodeText(text.ToString());
    }
}
