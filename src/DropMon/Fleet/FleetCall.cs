using System.Collections;
using System.Management.Automation;
using System.Text;
using DropMon.Commands;

namespace DropMon.Fleet;

/// <summary>What a fleet is to run.</summary>
/// <param name="Command">The cmdlet; null for the relay of alerts.</param>
/// <param name="Arguments">Its parameters.</param>
/// <param name="Kinds">The full names of the types of what the cmdlet returns.</param>
/// <param name="Duration">How long it works; null for until stopped.</param>
internal sealed record FleetCall(string? Command, Hashtable Arguments, IReadOnlyCollection<string> Kinds, TimeSpan? Duration)
{
    // Lists within the parameters within the call.
    private const int SerializationDepth = 4;

    /// <summary>The call of the relay of alerts, with the parameters that a cmdlet was given.</summary>
    public static FleetCall OfRelay(InvocationInfo invocation, TimeSpan? duration)
    {
        Hashtable arguments = ArgumentsOf(invocation.BoundParameters);
        if (duration is not null)
        {
            arguments["Duration"] = duration;
        }

        return new FleetCall(null, arguments, [], duration);
    }

    /// <summary>The call that repeats a cmdlet's own on the far side.</summary>
    public static FleetCall Of(InvocationInfo invocation, TimeSpan duration) =>
        new(invocation.MyCommand.Name, ArgumentsOf(invocation.BoundParameters),
            [.. invocation.MyCommand.OutputType.Select(type => type.Name)], duration);

    /// <summary>The call as <see cref="FleetServer"/> takes it: one word.</summary>
    public string ToRequest() =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(
            PSSerializer.Serialize(new Hashtable { ["Command"] = Command, ["Arguments"] = Arguments }, SerializationDepth)));

    private static Hashtable ArgumentsOf(Dictionary<string, object> bound)
    {
        var arguments = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object value) in bound)
        {
            if (!FleetParameters.Names.Contains(name) && !Cmdlet.CommonParameters.Contains(name))
            {
                arguments[name] = ToWire(value);
            }
        }

        if (bound.TryGetValue("Verbose", out object? verbose))
        {
            arguments["Verbose"] = ToWire(verbose);
        }

        return arguments;
    }

    // Only what CLIXML carries as it is: an enumeration would arrive as an object of its own.
    private static object? ToWire(object? value) => value switch
    {
        PSObject wrapped => ToWire(wrapped.BaseObject),
        SwitchParameter flag => flag.IsPresent,
        Enum name => name.ToString(),
        DateTimeOffset time => time.ToString("O"),
        Array { Rank: 1 } items when items.GetType().GetElementType()!.IsEnum =>
            items.Cast<object>().Select(item => item.ToString()).ToArray(),
        _ => value,
    };
}
