using DropMon.Native;

namespace DropMon.Machine.ControlGroups;

/// <summary>The control groups that processes are in, as /proc/PID/cgroup says.</summary>
internal static class ProcessControlGroups
{
    /// <summary>Those of one process: of cgroup2, and of each hierarchy of cgroup1; none where it has ended.</summary>
    /// <param name="process">Its folder in /proc.</param>
    public static IEnumerable<ControlGroupPath> Of(string process) =>
        (KernelFile.Read(process + "/cgroup", KernelFile.MostBytes, CancellationToken.None) ?? "").Split('\n')
            // HIERARCHY:CONTROLLERS:PATH
            .Select(line => line.Split(':', 3))
            .Where(fields => fields.Length == 3)
            .Select(fields => ControlGroupPath.Parse(fields[2]));

    /// <summary>The systemd units that processes are in.</summary>
    public static IEnumerable<string> Units() => All().Select(group => group.Unit).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The names of the containers that processes are in.</summary>
    public static IEnumerable<string> Containers()
    {
        var names = new ContainerNames();
        return All().Select(names.Find).OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<ControlGroupPath> All() => RunningProcesses.Folders().SelectMany(Of);
}
