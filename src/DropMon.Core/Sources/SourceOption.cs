namespace DropMon.Sources;

/// <summary>Options of <see cref="SourceRequest"/> that not every source understands.</summary>
internal enum SourceOption
{
    Mode,
    Hardware,
    TruncationLength,
    QueueLength,
    ReceiveBuffer,
    RingSize,
    StackTrace,
    Force,
}
