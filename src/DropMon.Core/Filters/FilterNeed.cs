using DropMon.Model.Fields;
using DropMon.Text;

namespace DropMon.Filters;

/// <summary>What an alert must carry for a condition to match: a source whose alerts lack it would let nothing through.</summary>
/// <param name="Content">What it must carry.</param>
/// <param name="Field">The condition.</param>
/// <param name="Value">The first of its values that cannot be judged without.</param>
internal sealed record FilterNeed(DropContent Content, FilterField Field, string Value)
{
    /// <summary>The option that asks for it.</summary>
    public OptionId Option => OptionId.Find(Field.ToString())!;
}
