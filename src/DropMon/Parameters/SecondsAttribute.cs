using System.Globalization;
using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>Takes a number as seconds, where PowerShell itself would take it as ticks; refuses times that no watch can have.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    private const double MostSeconds = 100_000_000; // three years

    /// <summary>Whether no time at all makes no sense.</summary>
    public bool MoreThanZero { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        double? seconds = value switch
        {
            TimeSpan time => time.TotalSeconds,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) => time.TotalSeconds,
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
                Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => null,
        };
        return seconds switch
        {
            // What it is PowerShell shall say.
            null => inputData,
            >= 0 and <= MostSeconds and double given when given > 0 || !MoreThanZero => TimeSpan.FromSeconds(given),
            { } given when MoreThanZero => throw new ArgumentTransformationMetadataException(
                string.Create(CultureInfo.InvariantCulture, $"{given} is not a number of seconds above 0, up to {MostSeconds}.")),
            { } given => throw new ArgumentTransformationMetadataException(
                string.Create(CultureInfo.InvariantCulture, $"{given} is not a number of seconds between 0 and {MostSeconds}.")),
        };
    }
}
