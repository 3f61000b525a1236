namespace DropMon.Sources.NetDm;

/// <summary>How to use the drop monitor.</summary>
internal sealed record NetDmOptions
{
    /// <summary>Bytes that the kernel may queue for the reader.</summary>
    public static int DefaultReceiveBuffer => new SourceRequest().ReceiveBuffer;

    public DropAlertMode Mode { get; init; } = DropAlertMode.Packet;

    public uint TruncationLength { get; init; } = (uint)new SourceRequest().TruncationLength;

    public uint QueueLength { get; init; } = (uint)new SourceRequest().QueueLength;

    public int ReceiveBuffer { get; init; } = DefaultReceiveBuffer;

    /// <summary>Whether to report drops of hardware too.</summary>
    public bool Hardware { get; init; }

    /// <summary>Whether to take over a drop monitor that another process enabled.</summary>
    public bool Force { get; init; }

    public static NetDmOptions Of(SourceRequest request) => new()
    {
        Mode = request.Mode,
        Hardware = request.Hardware,
        TruncationLength = (uint)request.TruncationLength,
        QueueLength = (uint)request.QueueLength,
        ReceiveBuffer = request.ReceiveBuffer,
        Force = request.Force,
    };

    public NetDmConfiguration Configuration => new(Mode, TruncationLength, QueueLength);
}
