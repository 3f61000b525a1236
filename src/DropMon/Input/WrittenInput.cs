using System.Management.Automation;
using DropMon.Commands;
using DropMon.Output;

namespace DropMon.Input;

/// <summary>What the cmdlets share that take objects which were written down in between.</summary>
internal static class WrittenInput
{
    /// <summary>
    /// Makes an object of ours of an input. A time that is not clear ends the cmdlet: the inputs come from one place, and those before it
    /// were perhaps read as other days than were meant. So does a number that no such object can have, unless the cmdlet passes that one
    /// over.
    /// </summary>
    public static T? Rebuild<T>(this Cmdlet cmdlet, PSObject input, Func<PSObject, T?> rebuild)
        where T : class
    {
        try
        {
            return rebuild(input);
        }
        catch (DropMonException error) when (error is TimeTextException or PropertyValueException)
        {
            cmdlet.ThrowTerminatingError(error.ToErrorRecord(input));
            throw;
        }
    }
}
