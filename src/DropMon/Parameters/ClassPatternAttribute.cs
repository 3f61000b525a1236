using System.Management.Automation;
using DropMon.Text;

namespace DropMon.Parameters;

/// <summary>Refuses patterns that no class fits: they would let nothing through, which looks like a network without drops.</summary>
internal sealed class ClassPatternAttribute : NamePatternAttribute
{
    /// <inheritdoc/>
    private protected override void Validate(NamePattern pattern)
    {
        string[] names = Enum.GetNames<DropClass>();
        if (!Array.Exists(names, name => pattern.Matches(name)))
        {
            throw new ValidationMetadataException($"No class matches '{pattern}'. The classes are "
                + $"{string.Join(", ", names.Order(StringComparer.Ordinal))}.");
        }
    }
}
