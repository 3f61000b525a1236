using System.Globalization;

namespace DropMon.Sessions.Measurement;

/// <summary>The values that tell a group from others, in the order of the keys.</summary>
internal sealed class GroupLabel(object?[] values) : IEquatable<GroupLabel>
{
    /// <summary>The name of the one group that there is without keys.</summary>
    public const string AllName = "(all)";

    private const int GroupWeight = 1024;

    /// <summary>The group of all that found no room among the groups.</summary>
    public static GroupLabel Rest { get; } = new(["(others)"]);

    /// <summary>One value; null where nothing is known.</summary>
    public object? this[int key] => values[key];

    /// <summary>Bytes that a group with this label takes, beside its site.</summary>
    public int Weight => GroupWeight + (2 * values.OfType<string>().Sum(text => text.Length));

    public bool Equals(GroupLabel? other) => other is not null && values.AsSpan().SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as GroupLabel);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (object? value in values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public override string ToString() =>
        values.Length == 0
            ? AllName
            : string.Join(
                ", ",
                values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "(unknown)"));

    private object?[] Values => values;
}
