using DropMon.Text;

namespace DropMon.Sources;

/// <summary>Why a source cannot be used.</summary>
public sealed class SourceFailure
{
    private readonly SourceDescriptor _source;

    internal SourceFailure(SourceDescriptor source, DropMonException error)
    {
        _source = source;
        Error = error;
    }

    /// <summary>The source's name.</summary>
    public string Source => _source.Name;

    /// <summary>What is missing, and the remedy.</summary>
    public DropMonException Error { get; }

    internal string ShortTitle => _source.ShortTitle;

    internal string CapabilityText => _source.CapabilityText;

    internal string ContainerGrant => _source.ContainerGrant;
}

/// <summary>No source can be used.</summary>
public sealed class NoSourceException : DropMonException
{
    /// <summary>Creates an error from what each source lacks.</summary>
    /// <param name="failures">A failure for each source that was tried, at least one.</param>
    public NoSourceException(IReadOnlyList<SourceFailure> failures)
        : base(
            IsPrivilege(failures) ? "CapabilityMissing" : "NoSource",
            IsPrivilege(failures) ? DropMonErrorKind.PermissionDenied : DropMonErrorKind.NotSupported,
            "No source of drops is available here. " +
            $"{string.Join(" ", failures.Select(failure => $"{Capital(failure.ShortTitle)}: {failure.Error.Message}"))}",
            IsPrivilege(failures)
                ? Grant(failures)
                : string.Join(
                    " ",
                    failures.Where(failure => failure.Error.Remedy is not null)
                        .Select(failure => $"For the {failure.ShortTitle}: {failure.Error.Remedy}")),
            failures[0].Error) => Failures = failures;

    /// <summary>Why each source cannot be used, the preferred first.</summary>
    public IReadOnlyList<SourceFailure> Failures { get; }

    private static string Grant(IReadOnlyList<SourceFailure> failures) => Environment.IsPrivilegedProcess
        ? "Root lacks capabilities here, as in a container: add " +
            $"{string.Join(", or ", failures.Select(failure => $"{failure.ContainerGrant} for the {failure.ShortTitle}"))}. "
            + "In a user namespace of its own, such as a rootless container's, none of them has an effect: run it on the host."
        : $"Run as root: sudo {CommandId.Program}. Without root " +
            string.Join(
                ", ",
                failures.Select((failure, i) => $"the {failure.ShortTitle}{(i == 0 ? " needs" : "")} {failure.CapabilityText}")) + ".";

    // A name with a spelling of its own (eBPF) keeps it.
    private static string Capital(string text) =>
        text.Length > 1 && char.IsUpper(text[1]) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static bool IsPrivilege(IReadOnlyList<SourceFailure> failures) =>
        failures.Any(failure => failure.Error.Kind == DropMonErrorKind.PermissionDenied);
}
