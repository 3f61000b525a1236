using System.Globalization;

namespace DropMon.Machine;

/// <summary>Which CPUs the machine has (/sys/devices/system/cpu).</summary>
internal static class CpuList
{
    private const string Folder = "/sys/devices/system/cpu/";
    private const int MostCpus = 8192; // NR_CPUS of the largest kernels

    /// <summary>Those that run now.</summary>
    /// <exception cref="KernelFeatureMissingException">/sys is not the kernel's own.</exception>
    public static int[] ReadOnline() => Read("online");

    /// <summary>Those that may ever run: the kernel keeps a value for each in a map with values per CPU.</summary>
    /// <exception cref="KernelFeatureMissingException">/sys is not the kernel's own.</exception>
    public static int[] ReadPossible() => Read("possible");

    /// <summary>Parses a list such as <c>0-3,8</c>; parts that are no numbers are passed over.</summary>
    public static int[] Parse(string list)
    {
        var cpus = new List<int>();
        foreach (string part in list.Trim().Split(','))
        {
            string[] ends = part.Split('-');
            if (int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
                && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
                && first <= last
                && last < MostCpus)
            {
                cpus.AddRange(Enumerable.Range(first, last - first + 1));
            }
        }

        return [.. cpus];
    }

    private static int[] Read(string name)
    {
        try
        {
            return Parse(File.ReadAllText(Folder + name));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KernelFeatureMissingException(
                "SysFsMissing",
                $"DropMon cannot read which CPUs are {name}: there is no {Folder}{name}.",
                "Mount /sys: sudo mount -t sysfs sysfs /sys; in a container, bind-mount the host's.",
                error);
        }
    }
}
