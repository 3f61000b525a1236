namespace DropMon.Packets;

/// <summary>The flags of a TCP header.</summary>
[Flags]
public enum TcpFlags
{
    /// <summary>None is set.</summary>
    None = 0,

    /// <summary>FIN: no more data from the sender.</summary>
    Fin = 0x001,

    /// <summary>SYN: the start of a connection.</summary>
    Syn = 0x002,

    /// <summary>RST: the connection is reset.</summary>
    Rst = 0x004,

    /// <summary>PSH: hand the data over at once.</summary>
    Psh = 0x008,

    /// <summary>ACK: the acknowledgement number counts.</summary>
    Ack = 0x010,

    /// <summary>URG: the urgent pointer counts.</summary>
    Urg = 0x020,

    /// <summary>ECE: congestion was experienced.</summary>
    Ece = 0x040,

    /// <summary>CWR: the congestion window was reduced.</summary>
    Cwr = 0x080,

    /// <summary>AE: accurate ECN (once NS).</summary>
    Ae = 0x100,
}
