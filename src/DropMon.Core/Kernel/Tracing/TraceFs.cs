using DropMon.Native;

namespace DropMon.Kernel.Tracing;

/// <summary>Finds the kernel's tracing file system, and mounts it where that is allowed.</summary>
internal static class TraceFs
{
    private const string Standard = "/sys/kernel/tracing";
    private const string BelowDebugFs = "/sys/kernel/debug/tracing";

    /// <summary>The mount point of tracefs.</summary>
    /// <exception cref="KernelFeatureMissingException">The kernel has none.</exception>
    /// <exception cref="PrivilegeException">It is there, but not for this caller.</exception>
    public static string Find()
    {
        if (FindMounted() is { } mounted)
        {
            return mounted;
        }

        if (!Directory.Exists(Standard))
        {
            throw new KernelFeatureMissingException(
                "TraceFsMissing",
                $"This kernel has no {Standard}: it was built without tracing, or /sys is not a sysfs of this kernel.",
                "Use a kernel with CONFIG_FTRACE, or, in a container, bind-mount the host's /sys/kernel/tracing.");
        }

        int errno = Mount.TryMount("tracefs", Standard, "tracefs");
        return errno == 0
            ? Standard
            : throw new PrivilegeException(
                $"tracefs is not mounted on {Standard}, and mounting it failed: {Mount.Describe(errno)}. To mount it by hand: sudo mount " +
                $"-t tracefs tracefs {Standard}.",
                "CAP_SYS_ADMIN");
    }

    /// <summary>The mount point of tracefs, or null where it is not mounted. Changes nothing.</summary>
    public static string? FindMounted()
    {
        foreach (string line in File.ReadLines("/proc/self/mounts"))
        {
            string[] fields = line.Split(' ');
            if (fields.Length > 2 && fields[2] == "tracefs")
            {
                return fields[1];
            }
        }

        // Mounted automatically below debugfs on access.
        try
        {
            return Directory.Exists(BelowDebugFs + "/events") ? BelowDebugFs : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
