using DropMon.Text;

namespace DropMon.Native;

/// <summary>What DropMon keeps between sessions lies where another user could have put it.</summary>
public sealed class UntrustedFileException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="why">What is wrong with it, as the end of a sentence.</param>
    internal UntrustedFileException(string path, string why)
        : base("FileUntrusted", DropMonErrorKind.Conflict, $"{path} is not used: {why}.", $"sudo rm -r -- {ShellQuote.Path(path)}") =>
            Path = path;

    /// <summary>The file or folder.</summary>
    public string Path { get; }
}
