using System.Text;

namespace DropMon.Machine.ControlGroups;

/// <summary>
/// What the path of a control group says by the conventions of systemd, Docker, Podman, containerd, CRI-O, Kubernetes, LXC and
/// systemd-nspawn. A path is text from outside: any process with the right may name its group so.
/// </summary>
/// <param name="Path">The path below the mount of cgroup2, from its root on.</param>
/// <param name="Unit">The systemd unit, such as <c>nginx.service</c>; null where the path has none.</param>
/// <param name="ContainerId">The container's id, or the name of an LXC container or a machine; null where it is of none.</param>
internal sealed record ControlGroupPath(string Path, string? Unit, string? ContainerId)
{
    private const int IdLength = 64;

    private static readonly string[] UnitEndings = [".service", ".scope", ".socket", ".slice"];

    // Scopes that a runtime makes around its own supervisor (conmon) are not the container.
    private static readonly string[] ScopePrefixes =
        ["docker-", "libpod-", "cri-containerd-", "crio-", "nerdctl-", "containerd-"];

    /// <summary>Reads a path.</summary>
    public static ControlGroupPath Parse(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string? container = null, unit = null;
        foreach (string part in parts)
        {
            // The innermost of each kind counts: containers run in containers.
            container = ContainerOf(part, container);
            unit = UnitOf(part, unit);
        }

        return new ControlGroupPath(path, unit, container ?? LxcOf(parts));
    }

    private static string? UnitOf(string part, string? outer)
    {
        string? ending = Array.Find(UnitEndings, ending => part.EndsWith(ending, StringComparison.Ordinal));
        bool isBetter = ending is not null
            && part.Length > ending.Length
            // A slice only groups units: it counts where there is nothing finer.
            && (ending != ".slice" || outer is null || outer.EndsWith(".slice", StringComparison.Ordinal));
        return isBetter ? part : outer;
    }

    private static string? ContainerOf(string part, string? outer)
    {
        ReadOnlySpan<char> name = part.EndsWith(".scope", StringComparison.Ordinal) ? part.AsSpan(0, part.Length - 6) : part;
        foreach (string prefix in ScopePrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && IsId(name[prefix.Length..]))
            {
                return name[prefix.Length..].ToString();
            }
        }

        return name.Length == part.Length && IsId(name) ? part
            : name.StartsWith("machine-", StringComparison.Ordinal) && name.Length < part.Length ? Unescape(name["machine-".Length..])
            : part.StartsWith("systemd-nspawn@", StringComparison.Ordinal) && part.EndsWith(".service", StringComparison.Ordinal)
                ? Unescape(part.AsSpan()["systemd-nspawn@".Length..^".service".Length])
            : part.StartsWith("lxc.payload.", StringComparison.Ordinal) && part.Length > "lxc.payload.".Length
                ? part["lxc.payload.".Length..]
            : outer;
    }

    // cgroupfs driver: /lxc/NAME.
    private static string? LxcOf(string[] parts) => parts is ["lxc", var name, ..] ? name : null;

    private static bool IsId(ReadOnlySpan<char> text)
    {
        bool isHexadecimal = true;
        foreach (char digit in text)
        {
            isHexadecimal &= char.IsAsciiHexDigitLower(digit);
        }

        return isHexadecimal && text.Length == IdLength;
    }

    // systemd writes other characters as \xHH.
    private static string Unescape(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x'
                && byte.TryParse(text.Slice(i + 2, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out byte code)
                && code is >= 0x20 and < 0x7f)
            {
                result.Append((char)code);
                i += 3;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
