using System.Globalization;
using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>Takes a number as seconds, where PowerShell itself would take it as ticks. A TimeSpan or its text stays what it is.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        double? seconds = value switch
        {
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => null,
        };
        return seconds is not { } s ? inputData : s is >= 0 and <= MostSeconds ? TimeSpan.FromSeconds(s) : throw new ArgumentTransformationMetadataException($"{s} is not a number of seconds between 0 and {MostSeconds}.");
    }

    private const double MostSeconds = 100_000_000; // three years
}
