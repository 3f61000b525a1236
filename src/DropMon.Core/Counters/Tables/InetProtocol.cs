namespace DropMon.Counters.Tables;

/// <summary>A kind of socket that sock_diag shows, by its IP protocol.</summary>
internal enum InetProtocol : byte
{
    Tcp = 6,
    Udp = 17,
    Raw = 255,
}
