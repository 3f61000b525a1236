using System.Text;

namespace DropMon.Packets;

/// <summary>A TCP header (RFC 9293, struct tcphdr). What lies behind the ports is null where the bytes end before it.</summary>
public sealed class TcpHeader : PacketLayer
{
    internal const int FixedLength = 20;
    internal const string LayerName = "TCP";

    private IReadOnlyList<TcpOption>? _options;

    internal TcpHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The source port.</summary>
    public int SourcePort => UInt16(0);

    /// <summary>The destination port.</summary>
    public int DestinationPort => UInt16(2);

    /// <summary>The sequence number.</summary>
    public uint? SequenceNumber => UInt32IfThere(4);

    /// <summary>The acknowledgement number; counts when <see cref="TcpFlags.Ack"/> is set.</summary>
    public uint? AcknowledgmentNumber => UInt32IfThere(8);

    /// <summary>The flags.</summary>
    public TcpFlags? Flags => UInt16IfThere(12) is { } word ? (TcpFlags)(word & 0x1ff) : null;

    /// <summary>The window, not scaled.</summary>
    public int? Window => UInt16IfThere(14);

    /// <summary>The checksum as it came; half done in a packet whose checksum a device is to finish.</summary>
    public int? Checksum => UInt16IfThere(16);

    /// <summary>The urgent pointer; counts when <see cref="TcpFlags.Urg"/> is set.</summary>
    public int? UrgentPointer => UInt16IfThere(18);

    /// <summary>The options, up to the first that is malformed or cut.</summary>
    public IReadOnlyList<TcpOption> Options => _options ??= TcpOption.ReadAll(Part(FixedLength, HeaderLength));

    /// <summary>The header's length by its data offset, in bytes.</summary>
    internal static int MeasuredLength(ReadOnlySpan<byte> header) => (header[12] >> 4) * 4;

    internal override void Describe(StringBuilder text)
    {
        text.Append(LayerName);
        if (Flags is { } flags)
        {
            AppendFlags(text.Append(" ["), flags);
            text.Append(']');
        }

        if (SequenceNumber is { } sequence)
        {
            text.Append(", seq ").Append(sequence);
        }

        if (AcknowledgmentNumber is { } acknowledgment && Flags is { } set && set.HasFlag(TcpFlags.Ack))
        {
            text.Append(", ack ").Append(acknowledgment);
        }

        if (Window is { } window)
        {
            text.Append(", win ").Append(window);
        }

        if (Options.Count > 0)
        {
            text.Append(", options [").AppendJoin(',', Options).Append(']');
        }
    }

    // In tcpdump's order and letters.
    private static void AppendFlags(StringBuilder text, TcpFlags flags)
    {
        if (flags == TcpFlags.None)
        {
            text.Append("none");
            return;
        }

        AppendIf(TcpFlags.Fin, 'F');
        AppendIf(TcpFlags.Syn, 'S');
        AppendIf(TcpFlags.Rst, 'R');
        AppendIf(TcpFlags.Psh, 'P');
        AppendIf(TcpFlags.Ack, '.');
        AppendIf(TcpFlags.Urg, 'U');
        AppendIf(TcpFlags.Ece, 'E');
        AppendIf(TcpFlags.Cwr, 'W');
        AppendIf(TcpFlags.Ae, 'e');

        void AppendIf(TcpFlags flag, char letter)
        {
            if ((flags & flag) != 0)
            {
                text.Append(letter);
            }
        }
    }
}
