using DropMon.Model.Fields;
using DropMon.Monitoring.Preflight;
using DropMon.Sources;

namespace DropMon.Preflight;

/// <summary>Which properties a source leaves null, seen on an alert that it delivered, and why.</summary>
internal static class NullProperties
{
    private const string KernelDidNotTell = "the kernel did not report it";

    /// <summary>Those that are null on an alert of the source.</summary>
    public static IReadOnlyList<NullProperty> Of(DropAlert alert, SourceDescriptor source) =>
    [
        .. from field in DropFields.All
           where field.Content != DropContent.None && field.Read(alert) is null
           orderby field.Content
           select new NullProperty(
               field.Name, NullReason.Of(field.Content) ?? source.ExplainMissing(field.Content, alert) ?? KernelDidNotTell),
    ];
}
