using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Native;

/// <summary>
/// A folder below /run that belongs to root or to this user, and that no other user can write to. Files in it are opened by name in the
/// open folder, no symbolic link is followed, and none is opened that is not a regular file of the same owners: what another user has
/// planted is refused and not waited for.
/// </summary>
internal sealed partial class TrustedFolder : IDisposable
{
    private const int ReadOnly = 0; // O_RDONLY
    private const int WriteOnly = 1; // O_WRONLY
    private const int ReadWrite = 2; // O_RDWR
    private const int Create = 0x40; // O_CREAT
    private const int Exclusive = 0x80; // O_EXCL
    private const int DoNotWait = 0x800; // O_NONBLOCK: a pipe would be waited for
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int WorldReadable = 0x1ed; // 0755
    private const int Private = 0x180; // 0600
    private const int ReadableByAll = 0x1a4; // 0644

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
    private static readonly int OnlyFolder = IsArm ? 0x4000 : 0x10000; // O_DIRECTORY
    private static readonly int DoNotFollow = IsArm ? 0x8000 : 0x20000; // O_NOFOLLOW

    private readonly SafeFileDescriptor _folder;

    private TrustedFolder(string path, SafeFileDescriptor folder)
    {
        Path = path;
        _folder = folder;
    }

    public string Path { get; }

    /// <summary>Opens the folder, and makes it where it is missing.</summary>
    /// <exception cref="SyscallException">It cannot be made or opened.</exception>
    /// <exception cref="UntrustedFileException">It is another user's, or others can write to it.</exception>
    public static TrustedFolder Open(string path, bool create)
    {
        if (create && MakeFolder(path, WorldReadable) != 0 && Marshal.GetLastPInvokeError() is not Errno.EEXIST and var errno)
        {
            throw new SyscallException("mkdir", errno, $"Creating {path}");
        }

        var descriptor = new SafeFileDescriptor(Open(path, ReadOnly | OnlyFolder | DoNotFollow | CloseOnExec, 0));
        if (descriptor.IsInvalid)
        {
            throw Marshal.GetLastPInvokeError() is Errno.ELOOP or Errno.ENOTDIR
                ? new UntrustedFileException(path, "it is not a folder, or it is a symbolic link")
                : SyscallException.FromLastError("open", $"Opening {path}");
        }

        var folder = new TrustedFolder(path, descriptor);
        try
        {
            FileStatus status = FileStatus.Of(descriptor, path);
            if (!status.IsOurs)
            {
                throw new UntrustedFileException(path, $"it belongs to the user with ID {status.Owner}");
            }

            return !status.IsWritableByOthers ? folder : throw new UntrustedFileException(path, "other users can write to it");
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a file that only its owner can open; made where it is missing. One that others could open is replaced: they may have it open
    /// still.
    /// </summary>
    public SafeFileDescriptor OpenPrivate(string name)
    {
        for (int tries = 0; ; tries++)
        {
            SafeFileDescriptor file = OpenFile(name, ReadWrite | Create, Private)
                ?? throw SyscallException.FromLastError("open", $"Opening {Full(name)}");
            if (!FileStatus.Of(file, Full(name)).IsOpenToOthers || tries > 0)
            {
                return file;
            }

            file.Dispose();
            Delete(name);
        }
    }

    /// <summary>Whether the open file is still the one by that name.</summary>
    public bool IsCurrent(SafeFileDescriptor file, string name) =>
        FileStatus.OfEntry(_folder, name) is { } entry && entry.IsSameFile(FileStatus.Of(file, Full(name)));

    /// <summary>The bytes of a file; null where there is none.</summary>
    /// <exception cref="UntrustedFileException">It is another user's, no file, or larger than <paramref name="most"/>.</exception>
    public byte[]? Read(string name, int most)
    {
        using SafeFileDescriptor? file = OpenFile(name, ReadOnly, 0);
        if (file is null)
        {
            return null;
        }

        long size = FileStatus.Of(file, Full(name)).Size;
        if (size > most)
        {
            throw new UntrustedFileException(Full(name), $"it is {size} bytes long, and at most {most} bytes are read");
        }

        using var handle = new SafeFileHandle(file.DangerousGetHandle(), ownsHandle: false);
        byte[] bytes = new byte[most + 1];
        int length = RandomAccess.Read(handle, bytes, 0);
        return bytes[..Math.Min(length, most)];
    }

    /// <summary>Replaces a file: who reads it finds the old one or the new one, never half of either.</summary>
    public void Write(string name, ReadOnlySpan<byte> bytes)
    {
        // What stands in the way, a link as well, is removed and not opened.
        string fresh = name + ".new";
        Delete(fresh);
        using (
            SafeFileDescriptor file = OpenFile(fresh, WriteOnly | Create | Exclusive, ReadableByAll)
                ?? throw SyscallException.FromLastError("open", $"Creating {Full(fresh)}"))
        using (var handle = new SafeFileHandle(file.DangerousGetHandle(), ownsHandle: false))
        {
            RandomAccess.Write(handle, bytes, 0);
        }

        if (Rename(_folder, fresh, _folder, name) != 0)
        {
            throw SyscallException.FromLastError("renameat", $"Replacing {Full(name)}");
        }
    }

    /// <summary>Removes a file, if it is there.</summary>
    public void Delete(string name)
    {
        if (Unlink(_folder, name, 0) != 0 && Marshal.GetLastPInvokeError() is not Errno.ENOENT and var errno)
        {
            throw new SyscallException("unlinkat", errno, $"Removing {Full(name)}");
        }
    }

    public void Dispose() => _folder.Dispose();

    private SafeFileDescriptor? OpenFile(string name, int flags, int mode)
    {
        var file = new SafeFileDescriptor(OpenAt(_folder, name, flags | DoNotFollow | DoNotWait | CloseOnExec, mode));
        try
        {
            if (file.IsInvalid)
            {
                int errno = Marshal.GetLastPInvokeError();
                return errno switch
                {
                    Errno.ENOENT => null,
                    Errno.ELOOP => throw new UntrustedFileException(Full(name), "it is a symbolic link"),
                    Errno.ENXIO or Errno.EISDIR => throw new UntrustedFileException(Full(name), "it is not a regular file"),
                    _ => throw new SyscallException("openat", errno, $"Opening {Full(name)}"),
                };
            }

            FileStatus status = FileStatus.Of(file, Full(name));
            return !status.IsRegular ? throw new UntrustedFileException(Full(name), "it is not a regular file")
                : !status.IsOurs ? throw new UntrustedFileException(Full(name), $"it belongs to the user with ID {status.Owner}")
                : status.IsWritableByOthers ? throw new UntrustedFileException(Full(name), "other users can write to it")
                : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private string Full(string name) => System.IO.Path.Combine(Path, name);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFolder(string path, int mode);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(SafeFileDescriptor folder, string name, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(SafeFileDescriptor folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(SafeFileDescriptor folder, string name, SafeFileDescriptor newFolder, string newName);
}
