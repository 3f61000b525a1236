using System.Text;

namespace DropMon.Packets;

/// <summary>A hop-by-hop or destination options header of IPv6 (struct ipv6_opt_hdr).</summary>
public sealed class Ipv6OptionsHeader : PacketLayer
{
    private IReadOnlyList<Ipv6Option>? _options;

    internal Ipv6OptionsHeader(HeaderBytes header, byte protocol)
        : base(header) => Protocol = protocol;

    /// <inheritdoc/>
    public override string Name => IpProtocol.Name(Protocol);

    /// <summary>Which of the two: 0 hop-by-hop, 60 destination.</summary>
    public byte Protocol { get; }

    /// <summary>The number of the header that follows.</summary>
    public byte NextHeader => Header[0];

    /// <summary>The options, up to the first that is malformed or cut, 64 at most.</summary>
    public IReadOnlyList<Ipv6Option> Options => _options ??= Ipv6Option.ReadAll(Part(2, HeaderLength));

    internal override void Describe(StringBuilder text) => text.Append(Name);
}
