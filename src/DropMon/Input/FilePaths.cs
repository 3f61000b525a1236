using System.Collections.ObjectModel;
using System.Management.Automation;
using DropMon.Output;

namespace DropMon.Input;

/// <summary>Resolves the -Path and -LiteralPath of cmdlets to files, as PowerShell's own file cmdlets do.</summary>
internal static class FilePaths
{
    /// <summary>The files that exist by those names. One that does not is an error that leaves the others.</summary>
    public static IEnumerable<string> ResolveInputPaths(this PSCmdlet cmdlet, IEnumerable<string> paths, bool literal)
    {
        foreach (string path in paths)
        {
            IEnumerable<string> resolved;
            try
            {
                resolved = literal ? [Literal(cmdlet, path)] : Wildcards(cmdlet, path);
            }
            catch (Exception error) when (
                error is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException
                    or PSArgumentException)
            {
                string message = SafeText.Escape(error.Message);
                Exception safe = message == error.Message ? error : new ItemNotFoundException(message);
                cmdlet.WriteError(
                    new ErrorRecord(safe, "FileNotFound", ErrorCategory.ObjectNotFound, ErrorRecords.SafeTarget(path))
                    {
                        ErrorDetails = new ErrorDetails(message),
                    }.WithSafeCategory());
                continue;
            }

            foreach (string file in resolved)
            {
                yield return file;
            }
        }
    }

    /// <summary>The one file that output goes to, made if it does not exist.</summary>
    public static string ResolveOutputPath(this PSCmdlet cmdlet, string path, bool literal)
    {
        if (literal || !WildcardPattern.ContainsWildcardCharacters(path))
        {
            return Literal(cmdlet, path);
        }

        ReadOnlyCollection<string> files = Wildcards(cmdlet, path);
        return files.Count == 1 ? files[0] : throw new PSArgumentException(
            $"'{SafeText.Escape(path)}' matches {files.Count} files; output needs a single file.", nameof(path));
    }

    private static string Literal(PSCmdlet cmdlet, string path) =>
        FileSystemOnly(cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _), path,
            provider);

    private static ReadOnlyCollection<string> Wildcards(PSCmdlet cmdlet, string path)
    {
        Collection<string> files = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        FileSystemOnly(path, path, provider);
        return new ReadOnlyCollection<string>(files);
    }

    private static string FileSystemOnly(string file, string path, ProviderInfo provider) =>
        provider.Name == "FileSystem" ? file : throw new PSArgumentException(
            $"'{SafeText.Escape(path)}' is not in the file system but in {provider.Name}.", nameof(path));
}
