namespace DropMon.Kernel.Symbols;

/// <summary>The loaded modules, to tell whether any came or went.</summary>
internal static class ModuleList
{
    public const string DefaultPath = "/proc/modules";

    /// <summary>Names, sizes and addresses as one text: reference counts change all the time. Empty for a kernel without modules.</summary>
    public static string Read(string path = DefaultPath)
    {
        try
        {
            return string.Join('\n', File.ReadLines(path).Select(Identity));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A kernel without modules, or one that does not tell.
            return "";
        }
    }

    // "name size references users state address": the address is 0 to those who may not see it.
    private static string Identity(string line)
    {
        string[] fields = line.Split(' ');
        return fields.Length < 6 ? line : string.Join(' ', fields[0], fields[1], fields[5]);
    }
}
