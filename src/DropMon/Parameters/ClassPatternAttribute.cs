using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>Refuses patterns that no class fits: they would let nothing through, which looks like a network without drops.</summary>
internal sealed class ClassPatternAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string[] names = Enum.GetNames<DropClass>();
        Predicate<string> matches = Wildcards.AnyOf([$"{element}"])!;
        if (!Array.Exists(names, matches))
        {
            throw new ValidationMetadataException($"No class is like '{element}'. There are {string.Join(", ", names.Order(StringComparer.Ordinal))}.");
        }
    }
}
