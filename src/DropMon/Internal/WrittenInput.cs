using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>What the cmdlets share that take objects which were written down in between.</summary>
internal static class WrittenInput
{
    /// <summary>
    /// Makes an object of ours of an input. A time that nobody can tell ends the cmdlet: the inputs come from one place, and those before it were
    /// perhaps read as other days than were meant.
    /// </summary>
    public static T? Rebuild<T>(this Cmdlet cmdlet, PSObject input, Func<PSObject, T?> rebuild)
        where T : class
    {
        try
        {
            return rebuild(input);
        }
        catch (TimeTextException error)
        {
            cmdlet.ThrowTerminatingError(error.ToErrorRecord(input));
            throw;
        }
    }
}
