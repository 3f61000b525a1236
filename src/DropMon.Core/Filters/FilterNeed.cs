using DropMon.Text;

namespace DropMon.Filters;

/// <summary>A property that an alert must have for a condition to match: a source whose alerts lack it would let nothing through.</summary>
/// <param name="Property">The property.</param>
/// <param name="Field">The condition.</param>
/// <param name="Value">The first of its values that cannot be judged without.</param>
internal sealed record FilterNeed(DropField Property, FilterField Field, string Value)
{
    /// <summary>The option that asks for it.</summary>
    public OptionId Option => OptionId.Find(Field.ToString())!;
}
