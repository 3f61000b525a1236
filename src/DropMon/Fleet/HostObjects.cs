using System.Management.Automation;
using DropMon.Commands;

namespace DropMon.Fleet;

/// <summary>The objects that a cmdlet puts out on another computer, which may put out anything.</summary>
/// <param name="host">The computer.</param>
/// <param name="kinds">The full names of the types of what the cmdlet returns.</param>
internal sealed class HostObjects(HostConnection host, IReadOnlyCollection<string> kinds)
{
    private const string Deserialized = "Deserialized.";

    // Characters of CLIXML. A group of drops with its history, or a counter with its sockets, has some thousands.
    private const int MostSize = 512 * 1024;

    /// <summary>The object, with the name that the caller gave its computer, whatever name it came with.</summary>
    /// <exception cref="HostException">It is nothing that the cmdlet returns.</exception>
    public PSObject Accept(string clixml)
    {
        if (clixml.Length > MostSize)
        {
            throw HostException.AnswerRefused(host, $"an object of {clixml.Length} characters is too large.");
        }

        PSObject? value;
        try
        {
            value = HostClixml.Read(clixml);
        }
        catch (FormatException error)
        {
            throw HostException.Garbled(host, error);
        }

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

    private static string Describe(PSObject? value) => value is null
        ? "$null" : $"an object of the type {value.TypeNames.FirstOrDefault()}";
}
