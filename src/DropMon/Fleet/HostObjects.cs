using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>The objects that a cmdlet puts out on another computer, which may put out anything.</summary>
/// <param name="host">The computer.</param>
/// <param name="kinds">The full names of the types of what the cmdlet returns.</param>
internal sealed class HostObjects(HostConnection host, IReadOnlyCollection<string> kinds)
{
    private const string Deserialized = "Deserialized.";

    /// <summary>The object, with the name that the caller gave its computer, whatever name it came with.</summary>
    /// <exception cref="HostException">It is nothing that the cmdlet returns.</exception>
    public PSObject Accept(PSObject? value)
    {
        switch (value)
        {
            case { BaseObject: bool } when kinds.Contains(typeof(bool).FullName!):
                return new PSObject(value.BaseObject);
            case { BaseObject: PSCustomObject } when KindOf(value) is { } kind && kinds.Contains(kind):
                value.Properties.Remove(nameof(DropAlert.ComputerName));
                value.Properties.Add(new PSNoteProperty(nameof(DropAlert.ComputerName), host.Name));
                return value;
            default:
                throw HostException.AnswerRefused(host, $"{Describe(value)} stands where an object of the cmdlet belongs.");
        }
    }

    private static string? KindOf(PSObject value) =>
        value.TypeNames is [var name, ..] && name.StartsWith(Deserialized, StringComparison.Ordinal) ? name[Deserialized.Length..] : null;

    private static string Describe(PSObject? value) => value is null ? "$null" : $"an object of the type {SafeText.Escape(value.TypeNames.FirstOrDefault() ?? "?")}";
}
