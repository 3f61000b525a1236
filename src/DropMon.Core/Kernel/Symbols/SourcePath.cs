namespace DropMon.Kernel.Symbols;

/// <summary>Source files as people name them: below the kernel's source tree, not below the folder in which the kernel was built.</summary>
internal static class SourcePath
{
    /// <summary>
    /// Cuts what the path has in common with the folder that the compiler ran in. A kernel is built within its source tree or in a
    /// folder below it: <c>/build/linux-6.1/net/ipv4/udp.c</c> built in <c>/build/linux-6.1/debian/build</c> is <c>net/ipv4/udp.c</c>.
    /// Distributions that build reproducibly have cut the first part of both, and both are relative.
    /// </summary>
    public static string Shorten(string path, string? compilationFolder)
    {
        bool isRooted = Path.IsPathRooted(path);
        string[] parts = Parts(path);
        string[] folder = compilationFolder is not null && Path.IsPathRooted(compilationFolder) == isRooted ? Parts(compilationFolder) : [];
        int common = 0;
        while (common < parts.Length - 1 && common < folder.Length && parts[common] == folder[common])
        {
            common++;
        }

        string shortened = string.Join('/', parts[common..]);
        // With nothing but the root in common it is a file from elsewhere.
        return isRooted && common == 0 ? "/" + shortened : shortened;
    }

    private static string[] Parts(string path) => Path.GetFullPath(path, "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
}
