using System.Management.Automation;
using DropMon.Serialization;

namespace DropMon.Input;

/// <summary>
/// Takes measurements as parameters bring them: live ones, or those that remoting, Import-Clixml, Import-Csv or ConvertFrom-Json made
/// property bags of.
/// </summary>
internal static class MeasurementInput
{
    /// <summary>The measurement; null for anything else.</summary>
    public static DropMeasurement? ReadMeasurement(this Cmdlet cmdlet, PSObject? input) =>
        input is null ? null : input.BaseObject as DropMeasurement ?? cmdlet.Rebuild(input, Rebuild);

    private static DropMeasurement? Rebuild(PSObject input)
    {
        var properties = new PropertyBag(input);
        if (!properties.Has(nameof(DropMeasurement.Share)) || properties.Text(nameof(DropMeasurement.Name)) is not { } name
            || properties.Count(nameof(DropMeasurement.Count)) is not { } count
                || properties.Span(nameof(DropMeasurement.Duration)) is not { } duration)
        {
            return null;
        }

        return new DropMeasurement
        {
            Name = name,
            By = [.. properties.Texts(nameof(DropMeasurement.By))
                .Select(key => Enum.TryParse(key, out DropGroupKey parsed) ? parsed : (DropGroupKey?)null).OfType<DropGroupKey>()],
            Count = count,
            Share = properties.Real(nameof(DropMeasurement.Share)) ?? 0,
            First = properties.Time(nameof(DropMeasurement.First)) ?? default,
            Last = properties.Time(nameof(DropMeasurement.Last)) ?? default,
            History = [],
            HistoryInterval = properties.Span(nameof(DropMeasurement.HistoryInterval)) ?? TimeSpan.FromSeconds(1),
            Function = properties.Text(nameof(DropMeasurement.Function)),
            Reason = properties.Text(nameof(DropMeasurement.Reason)),
            Type = properties.Text(nameof(DropMeasurement.Type)),
            Class = properties.Enumeration<DropClass>(nameof(DropMeasurement.Class)),
            Significance = properties.Enumeration<DropSignificance>(nameof(DropMeasurement.Significance)),
            Explanation = properties.Text(nameof(DropMeasurement.Explanation)),
            Start = properties.Time(nameof(DropMeasurement.Start)) ?? default,
            Duration = duration,
        };
    }
}
