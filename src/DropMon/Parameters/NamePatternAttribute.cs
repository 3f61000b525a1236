using System.Collections;
using System.Management.Automation;
using DropMon.Text;

namespace DropMon.Parameters;

/// <summary>Refuses texts that are no patterns before anything is done with them. What is null asks for nothing.</summary>
internal class NamePatternAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        foreach (object? argument in arguments as IEnumerable ?? Array.Empty<object>())
        {
            string text = $"{argument}";
            if (!NamePattern.TryParse(text, out NamePattern? pattern, out string? fault))
            {
                throw new ValidationMetadataException($"'{text}' is not a valid pattern: {fault}.");
            }

            Validate(pattern);
        }
    }

    /// <summary>Refuses patterns that stand for nothing.</summary>
    private protected virtual void Validate(NamePattern pattern)
    {
    }
}
