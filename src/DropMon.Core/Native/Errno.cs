namespace DropMon.Native;

/// <summary>The error numbers that DropMon tells apart (include/uapi/asm-generic/errno*.h).</summary>
internal static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int ENXIO = 6;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENODEV = 19;
    public const int ENOTDIR = 20;
    public const int EISDIR = 21;
    public const int EINVAL = 22;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int ENOSPC = 28;
    public const int EPIPE = 32;
    public const int ELOOP = 40;
    public const int ENETUNREACH = 101;
    public const int ENOBUFS = 105;
    public const int EOPNOTSUPP = 95;
    public const int ETIMEDOUT = 110;
    public const int EHOSTUNREACH = 113;
}
