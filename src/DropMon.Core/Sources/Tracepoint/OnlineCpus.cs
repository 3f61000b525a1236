using System.Globalization;

namespace DropMon.Sources.Tracepoint;

/// <summary>Which CPUs are online (/sys/devices/system/cpu/online).</summary>
internal static class OnlineCpus
{
    private const string OnlineFile = "/sys/devices/system/cpu/online";
    private const int MostCpus = 8192; // NR_CPUS of the largest kernels

    /// <exception cref="KernelFeatureMissingException">/sys is not the kernel's own.</exception>
    public static int[] Read()
    {
        try
        {
            return Parse(File.ReadAllText(OnlineFile));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KernelFeatureMissingException(
                "SysFsMissing",
                $"The list of online CPUs cannot be read: {OnlineFile} does not exist.",
                "Mount /sys: sudo mount -t sysfs sysfs /sys; in a container, bind-mount the host's.",
                error);
        }
    }

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
}
