using System.Collections.Concurrent;
using System.Management.Automation;
using DropMon.Capture.Json;

namespace DropMon.Commands;

/// <summary>
/// Makes a <see cref="DropAlert"/> of what Export-Clixml, jobs and remoting left of one. DropMon.Types.ps1xml registers it, so that such alerts
/// come back as what they were, and that cmdlets take those that did not.
/// </summary>
public sealed class DropAlertConverter : PSTypeConverter
{
    private const string TypeName = "Deserialized.DropMon.DropAlert";
    private const int MostSites = 4096;

    // Alerts from one place share what is the same for all of them, as live ones do.
    private readonly ConcurrentDictionary<SiteFields, DropSite> _sites = new();

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        destinationType == typeof(DropAlert) && sourceValue is PSObject source && source.TypeNames.Contains(TypeName);

    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType) => CanConvertFrom((object)sourceValue, destinationType);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        sourceValue is PSObject source ? Convert(source) : throw new PSInvalidCastException();

    /// <inheritdoc/>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => Convert(sourceValue);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => throw new PSInvalidCastException();

    private DropAlert Convert(PSObject source)
    {
        var bag = new PropertyBag(source);
        return new DropAlert(Site(bag), bag.Time(nameof(DropAlert.Timestamp)))
        {
            Count = bag.Value<long>(nameof(DropAlert.Count)) ?? 1,
            StackTrace = Frames(bag, nameof(DropAlert.StackTrace)),
            InterfaceIndex = bag.Value<int>(nameof(DropAlert.InterfaceIndex)),
            InterfaceName = bag.Text(nameof(DropAlert.InterfaceName)),
            EtherType = bag.Value<ushort>(nameof(DropAlert.EtherType)),
            Payload = bag.Bytes(nameof(DropAlert.Payload)),
            OriginalLength = bag.Value<int>(nameof(DropAlert.OriginalLength)),
            Cpu = bag.Value<int>(nameof(DropAlert.Cpu)),
            ProcessId = bag.Value<int>(nameof(DropAlert.ProcessId)),
            ProcessName = bag.Text(nameof(DropAlert.ProcessName)),
            NetworkNamespace = bag.Value<ulong>(nameof(DropAlert.NetworkNamespace)),
            Origin = bag.Name<DropOrigin>(nameof(DropAlert.Origin)),
            FlowActionCookie = bag.Bytes(nameof(DropAlert.FlowActionCookie)),
            Source = bag.Name<DropSourceKind>(nameof(DropAlert.Source)),
            ComputerName = bag.Text(nameof(DropAlert.ComputerName)),
        };
    }

    private DropSite Site(PropertyBag bag)
    {
        var fields = new SiteFields
        {
            Class = bag.Name<DropClass>(nameof(DropAlert.Class)),
            Type = bag.Text(nameof(DropAlert.Type)),
            Significance = bag.Name<DropSignificance>(nameof(DropAlert.Significance)),
            Reason = bag.Text(nameof(DropAlert.Reason)),
            ReasonSubsystem = bag.Text(nameof(DropAlert.ReasonSubsystem)),
            Explanation = bag.Text(nameof(DropAlert.Explanation)),
            Function = bag.Text(nameof(DropAlert.Function)),
            Offset = bag.Value<ulong>(nameof(DropAlert.Offset)),
            Module = bag.Text(nameof(DropAlert.Module)),
            Address = bag.Value<ulong>(nameof(DropAlert.Address)),
            SourceFile = bag.Text(nameof(DropAlert.SourceFile)),
            Line = bag.Value<int>(nameof(DropAlert.Line)),
            InlineFrames = Frames(bag, nameof(DropAlert.InlineFrames)),
            TrapName = bag.Text(nameof(DropAlert.TrapName)),
            TrapGroup = bag.Text(nameof(DropAlert.TrapGroup)),
        };
        if (fields.InlineFrames is { Count: > 0 })
        {
            // Lists are not compared by what is in them.
            return fields.Build();
        }

        fields = fields with { InlineFrames = null };
        if (_sites.Count >= MostSites)
        {
            _sites.Clear();
        }

        return _sites.GetOrAdd(fields, key => key.Build());
    }

    private static StackFrame[]? Frames(PropertyBag bag, string name) =>
        bag.Items(name)?.Select(item =>
        {
            var frame = new PropertyBag(PSObject.AsPSObject(item));
            return new StackFrame(
                frame.Value<ulong>(nameof(StackFrame.Address)) ?? 0,
                frame.Text(nameof(StackFrame.Function)),
                frame.Value<ulong>(nameof(StackFrame.Offset)) ?? 0,
                frame.Text(nameof(StackFrame.Module)),
                frame.Text(nameof(StackFrame.SourceFile)),
                frame.Value<int>(nameof(StackFrame.Line)));
        }).ToArray();
}
