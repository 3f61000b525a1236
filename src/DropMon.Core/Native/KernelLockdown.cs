namespace DropMon.Native;

/// <summary>Kernel lockdown: what even root may not do (kernel_lockdown(7)).</summary>
internal static class KernelLockdown
{
    public const string Path = "/sys/kernel/security/lockdown";
    public const string Confidentiality = "confidentiality";

    /// <summary>The level in force; null where there is no lockdown, or securityfs is not mounted.</summary>
    public static string? Level
    {
        get
        {
            try
            {
                return Parse(File.ReadAllText(Path));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>The level in brackets: <c>none [integrity] confidentiality</c>.</summary>
    public static string? Parse(string? text)
    {
        int start = text?.IndexOf('[', StringComparison.Ordinal) ?? -1;
        int end = text?.IndexOf(']', StringComparison.Ordinal) ?? -1;
        return start >= 0 && end > start + 1 ? text![(start + 1)..end] : null;
    }
}
