using DropMon.Native;

namespace DropMon.Machine.ControlGroups;

/// <summary>A mount of cgroup2, which knows which control group has a number.</summary>
internal sealed class ControlGroupMount
{
    private const string Mounts = "/proc/self/mountinfo";

    private readonly string _path;

    private ControlGroupMount(string path) => _path = path;

    /// <summary>The first mount of cgroup2; null where there is none.</summary>
    public static ControlGroupMount? TryFind() =>
        KernelFile.Read(Mounts, KernelFile.MostBytes, CancellationToken.None) is { } mounts && FindMountPoint(mounts) is { } path
            ? new ControlGroupMount(path)
            : null;

    /// <summary>The mount point of cgroup2 in the text of mountinfo (proc(5)); null where it has none.</summary>
    public static string? FindMountPoint(string mounts)
    {
        foreach (string line in mounts.Split('\n'))
        {
            // ID PARENT MAJOR:MINOR ROOT MOUNT-POINT OPTIONS [TAG...] - TYPE SOURCE OPTIONS
            string[] halves = line.Split(" - ", 2);
            string[] fields = halves[0].Split(' ');
            if (halves.Length == 2 && halves[1].StartsWith("cgroup2 ", StringComparison.Ordinal) && fields.Length > 4)
            {
                // Blanks and the like are written in octal.
                return fields[4].Replace("\\040", " ", StringComparison.Ordinal).Replace("\\134", "\\", StringComparison.Ordinal);
            }
        }

        return null;
    }

    /// <summary>The path of a control group, from the root of cgroup2 on; null where it is gone or this process may not ask.</summary>
    public string? Find(ulong id)
    {
        using SafeFileDescriptor root = ControlGroupHandle.OpenFolder(_path);
        return root.IsInvalid
            || ControlGroupHandle.FindPath(root, id) is not { } path
            || !path.StartsWith(_path, StringComparison.Ordinal)
            || path.EndsWith(" (deleted)", StringComparison.Ordinal)
            ? null
            : path.Length == _path.Length ? "/" : path[_path.Length..];
    }
}
