using DropMon.Text;

namespace DropMon.Kernel.Symbols;

/// <summary>The commands that install what source lines need, in the words of this machine's distribution.</summary>
internal sealed class DebugInfoPackages
{
    private const string Primary = "/etc/os-release";
    private const string Fallback = "/usr/lib/os-release";
    private const string AskTheShell = "$(uname -r)";

    private readonly string _family;
    private readonly string _release;

    /// <param name="osRelease">The text of /etc/os-release.</param>
    /// <param name="kernelRelease">The running kernel, as uname -r names it.</param>
    public DebugInfoPackages(string osRelease, string kernelRelease)
    {
        _release = kernelRelease == AskTheShell ? kernelRelease : ShellQuote.Word(kernelRelease);
        string[] names = [.. Values(osRelease, "ID"), .. Values(osRelease, "ID_LIKE")];
        _family = names.FirstOrDefault(
            name => name is "debian" or "ubuntu" or "fedora" or "rhel" or "suse" or "opensuse" or "sles" or "arch" or "alpine")
            ?? "";
    }

    public static DebugInfoPackages OfThisMachine()
    {
        string? path = File.Exists(Primary) ? Primary : File.Exists(Fallback) ? Fallback : null;
        return new DebugInfoPackages(path is null ? "" : File.ReadAllText(path), KernelRelease());
    }

    /// <summary>Gets libdw.</summary>
    public string Library => _family switch
    {
        "debian" or "ubuntu" => "apt-get install libdw1",
        "fedora" or "rhel" => "dnf install elfutils-libs",
        "suse" or "opensuse" or "sles" => "zypper install libdw1",
        "arch" => "pacman -S libelf",
        "alpine" => "apk add libelf elfutils",
        _ => "Install elfutils' libdw.so.1.",
    };

    /// <summary>Gets the running kernel's debug information.</summary>
    public string Kernel => _family switch
    {
        "debian" => $"apt-get install linux-image-{_release}-dbg",
        "ubuntu" => $"apt-get install linux-image-{_release}-dbgsym (from the archive ddebs.ubuntu.com)",
        "fedora" or "rhel" => $"dnf debuginfo-install kernel-{_release}",
        "suse" or "opensuse" or "sles" => "zypper install kernel-default-debuginfo",
        _ => $"Put the vmlinux with debug information that belongs to the running kernel at /usr/lib/debug/boot/vmlinux-{_release}.",
    };

    private static string KernelRelease()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        }
        catch (IOException)
        {
            // Without /proc there are no symbols either; the shell fills it in.
            return AskTheShell;
        }
    }

    // NAME="value", quotes optional, several values separated by spaces.
    private static string[] Values(string text, string name) =>
        text.Split('\n')
            .FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..]
            .Trim()
            .Trim('"', '\'')
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            ?? [];
}
