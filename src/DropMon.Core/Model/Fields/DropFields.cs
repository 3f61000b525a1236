namespace DropMon.Model.Fields;

/// <summary>
/// The table of the properties of <see cref="DropAlert"/>, in the order in which JSON has them. Files, PowerShell's serialization, null
/// reasons, grouping, filters and the documentation are driven by it.
/// </summary>
internal static class DropFields
{
    private static readonly List<DropField> Rows = [];

    public static readonly TimeField Timestamp = Add(new TimeField(nameof(DropAlert.Timestamp), alert => alert.Timestamp, SetTimestamp)
    {
        KernelName = "NET_DM_ATTR_TIMESTAMP",
    });

    public static readonly CountField Count = Add(new CountField(
        nameof(DropAlert.Count), alert => alert.Count, (ref DropValues values, long value) => values.Own.Count = value)
    {
        Unit = "packets",
        KernelName = "net_dm_drop_point.count",
    });

    public static readonly NumberField InterfaceIndex = Add(new NumberField(
        nameof(DropAlert.InterfaceIndex), alert => alert.InterfaceIndex,
            (ref DropValues values, int? value) => values.Own.InterfaceIndex = value)
    {
        Content = DropContent.Interface,
        KernelName = "NET_DM_ATTR_IN_PORT",
    });

    public static readonly TextField InterfaceName = Add(new TextField(
        nameof(DropAlert.InterfaceName), alert => alert.InterfaceName,
            (ref DropValues values, string? value) => values.Own.InterfaceName = value)
    {
        Content = DropContent.Interface,
        KernelName = "NET_DM_ATTR_IN_PORT",
    });

    public static readonly ShortField EtherType = Add(new ShortField(
        nameof(DropAlert.EtherType), alert => alert.EtherType, (ref DropValues values, ushort? value) => values.Own.EtherType = value)
    {
        Content = DropContent.EtherType,
        KernelName = "skb->protocol",
    });

    public static readonly TextField Protocol = Add(new TextField(nameof(DropAlert.Protocol), (DropAlert alert) => alert.Protocol, null));

    public static readonly NumberField OriginalLength = Add(new NumberField(
        nameof(DropAlert.OriginalLength), alert => alert.OriginalLength,
            (ref DropValues values, int? value) => values.Own.OriginalLength = value)
    {
        Content = DropContent.Packet,
        Unit = "bytes",
        KernelName = "NET_DM_ATTR_ORIG_LEN",
    });

    public static readonly UnsignedField Mark = Add(new UnsignedField(
        nameof(DropAlert.Mark), alert => alert.Mark, (ref DropValues values, ulong? value) => values.Own.Mark = value)
    {
        Content = DropContent.PacketMetadata,
        KernelName = "skb->mark",
    });

    public static readonly UnsignedField Priority = Add(new UnsignedField(
        nameof(DropAlert.Priority), alert => alert.Priority, (ref DropValues values, ulong? value) => values.Own.Priority = value)
    {
        Content = DropContent.PacketMetadata,
        KernelName = "skb->priority",
    });

    public static readonly UnsignedField Hash = Add(new UnsignedField(
        nameof(DropAlert.Hash), alert => alert.Hash, (ref DropValues values, ulong? value) => values.Own.Hash = value)
    {
        Content = DropContent.PacketMetadata,
        KernelName = "skb->hash",
    });

    public static readonly NumberField QueueMapping = Add(new NumberField(
        nameof(DropAlert.QueueMapping), alert => alert.QueueMapping, (ref DropValues values, int? value) => values.Own.QueueMapping = value)
    {
        Content = DropContent.PacketMetadata,
        KernelName = "skb->queue_mapping",
    });

    public static readonly NumberField VlanId = Add(new NumberField(
        nameof(DropAlert.VlanId), alert => alert.VlanId, (ref DropValues values, int? value) => values.Own.VlanId = value)
    {
        Content = DropContent.PacketMetadata,
        KernelName = "skb->vlan_tci",
    });

    public static readonly NumberField GsoSize = Add(new NumberField(
        nameof(DropAlert.GsoSize), alert => alert.GsoSize, (ref DropValues values, int? value) => values.Own.GsoSize = value)
    {
        Content = DropContent.PacketMetadata,
        Unit = "bytes",
        KernelName = "skb_shared_info.gso_size",
    });

    public static readonly NumberField GsoSegments = Add(new NumberField(
        nameof(DropAlert.GsoSegments), alert => alert.GsoSegments, (ref DropValues values, int? value) => values.Own.GsoSegments = value)
    {
        Content = DropContent.PacketMetadata,
        Unit = "segments",
        KernelName = "skb_shared_info.gso_segs",
    });

    public static readonly NumberField Cpu = Add(new NumberField(
        nameof(DropAlert.Cpu), alert => alert.Cpu, (ref DropValues values, int? value) => values.Own.Cpu = value)
    {
        Content = DropContent.Cpu,
        KernelName = "PERF_SAMPLE_CPU",
    });

    public static readonly NumberField ProcessId = Add(new NumberField(
        nameof(DropAlert.ProcessId), alert => alert.ProcessId, (ref DropValues values, int? value) => values.Own.ProcessId = value)
    {
        Content = DropContent.Process,
        KernelName = "PERF_SAMPLE_TID",
    });

    public static readonly TextField ProcessName = Add(new TextField(
        nameof(DropAlert.ProcessName), alert => alert.ProcessName, (ref DropValues values, string? value) => values.Own.ProcessName = value)
    {
        Content = DropContent.Process,
        KernelName = "comm",
    });

    public static readonly UnsignedField NetworkNamespace = Add(new UnsignedField(
        nameof(DropAlert.NetworkNamespace), alert => alert.NetworkNamespace,
            (ref DropValues values, ulong? value) => values.Own.NetworkNamespace = value)
    {
        Content = DropContent.NetworkNamespace,
        Unit = "inode number",
        KernelName = "net->ns.inum",
    });

    public static readonly TextField NetworkNamespaceName = Add(new TextField(
        nameof(DropAlert.NetworkNamespaceName), alert => alert.NetworkNamespaceName,
            (ref DropValues values, string? value) => values.Own.NetworkNamespaceName = value)
    {
        Content = DropContent.NetworkNamespace,
    });

    public static readonly TextField ControlGroup = Add(new TextField(
        nameof(DropAlert.ControlGroup), alert => alert.ControlGroup,
            (ref DropValues values, string? value) => values.Own.ControlGroup = value)
    {
        Content = DropContent.ControlGroup,
        KernelName = "sk->sk_cgrp_data",
    });

    public static readonly TextField Unit = Add(new TextField(
        nameof(DropAlert.Unit), alert => alert.Unit, (ref DropValues values, string? value) => values.Own.Unit = value)
    {
        Content = DropContent.ControlGroup,
    });

    public static readonly TextField Container = Add(new TextField(
        nameof(DropAlert.Container), alert => alert.Container, (ref DropValues values, string? value) => values.Own.Container = value)
    {
        Content = DropContent.ControlGroup,
    });

    public static readonly ChoiceField<DropOrigin> Origin = Add(new ChoiceField<DropOrigin>(
        nameof(DropAlert.Origin), alert => alert.Origin, (ref DropValues values, DropOrigin value) => values.Own.Origin = (byte)value)
    {
        KernelName = "NET_DM_ATTR_ORIGIN",
    });

    // Any name: a later DropMon may have sources that this one lacks.
    public static readonly TextField Source = Add(new TextField(
        nameof(DropAlert.Source), alert => alert.Source, (ref DropValues values, string? value) => values.Own.Source = value
            ?? DropSourceName.Replay)
    {
        IsSteady = true,
    });

    public static readonly TextField ComputerName = Add(new TextField(
        nameof(DropAlert.ComputerName), alert => alert.ComputerName,
            (ref DropValues values, string? value) => values.Own.ComputerName = value)
    {
        IsSteady = true,
    });

    public static readonly FramesField StackTrace = Add(new FramesField(
        nameof(DropAlert.StackTrace), alert => alert.StackTrace,
        (ref DropValues values, IReadOnlyList<StackFrame>? value) => values.Own.StackTrace = value)
    {
        Content = DropContent.StackTrace,
        KernelName = "PERF_SAMPLE_CALLCHAIN",
    });

    public static readonly BytesField FlowActionCookie = Add(new BytesField(
        nameof(DropAlert.FlowActionCookie), alert => alert.FlowActionCookie,
            (ref DropValues values, byte[]? value) => values.Own.FlowActionCookie = value)
    {
        Content = DropContent.FlowActionCookie,
        KernelName = "NET_DM_ATTR_FLOW_ACTION_COOKIE",
        Since = "5.7",
        Most = AlertLimits.MostCookie,
    });

    public static readonly PacketField Packet = Add(
        new PacketField(nameof(DropAlert.Packet), alert => alert.Packet) { Content = DropContent.Packet });

    public static readonly BytesField Payload = Add(new BytesField(
        nameof(DropAlert.Payload), alert => alert.Payload, (ref DropValues values, byte[]? value) => values.Own.Payload = value)
    {
        Content = DropContent.Packet,
        KernelName = "NET_DM_ATTR_PAYLOAD",
        Most = AlertLimits.MostPayload,
    });

    public static readonly ChoiceField<DropClass> Class = Add(new ChoiceField<DropClass>(
        nameof(DropAlert.Class), (DropSite site) => site.Class, (ref DropValues values, DropClass value) => values.Site.Class = value)
    {
        Fallback = DropClass.Unknown,
    });

    public static readonly TextField Type = Add(new TextField(
        nameof(DropAlert.Type), (DropSite site) => site.Type, (ref DropValues values, string? value) => values.Site.Type = value));

    public static readonly ChoiceField<DropSignificance> Significance = Add(new ChoiceField<DropSignificance>(
        nameof(DropAlert.Significance), (DropSite site) => site.Significance,
            (ref DropValues values, DropSignificance value) => values.Site.Significance = value)
    {
        Fallback = DropSignificance.Unknown,
    });

    public static readonly TextField Reason = Add(new TextField(
        nameof(DropAlert.Reason), (DropSite site) => site.Reason, (ref DropValues values, string? value) => values.Site.Reason = value)
    {
        Content = DropContent.Reason,
        KernelName = "enum skb_drop_reason",
        Since = "5.17",
    });

    public static readonly TextField ReasonSubsystem = Add(new TextField(
        nameof(DropAlert.ReasonSubsystem), (DropSite site) => site.ReasonSubsystem,
            (ref DropValues values, string? value) => values.Site.ReasonSubsystem = value)
    {
        Content = DropContent.Reason,
        KernelName = "enum skb_drop_reason_subsys",
        Since = "5.17",
    });

    public static readonly TextField Explanation = Add(new TextField(
        nameof(DropAlert.Explanation), (DropSite site) => site.Explanation,
            (ref DropValues values, string? value) => values.Site.Explanation = value));

    public static readonly TextField Function = Add(new TextField(
        nameof(DropAlert.Function), (DropSite site) => site.Function,
            (ref DropValues values, string? value) => values.Site.Function = value)
    {
        Content = DropContent.Place,
        KernelName = "NET_DM_ATTR_SYMBOL",
    });

    public static readonly UnsignedField Offset = Add(new UnsignedField(
        nameof(DropAlert.Offset), (DropSite site) => site.Offset, (ref DropValues values, ulong? value) => values.Site.Offset = value)
    {
        Content = DropContent.Place,
        Unit = "bytes",
    });

    public static readonly TextField Module = Add(new TextField(
        nameof(DropAlert.Module), (DropSite site) => site.Module, (ref DropValues values, string? value) => values.Site.Module = value));

    public static readonly AddressField Address = Add(new AddressField(
        nameof(DropAlert.Address), site => site.Address, (ref DropValues values, ulong? value) => values.Site.Address = value)
    {
        KernelName = "NET_DM_ATTR_PC",
    });

    public static readonly TextField SourceFile = Add(new TextField(
        nameof(DropAlert.SourceFile), (DropSite site) => site.Source?.File,
            (ref DropValues values, string? value) => values.Site.SourceFile = value)
    {
        Content = DropContent.SourceLine,
    });

    public static readonly NumberField Line = Add(new NumberField(
        nameof(DropAlert.Line), (DropSite site) => site.Source?.Line, (ref DropValues values, int? value) => values.Site.Line = value)
    {
        Content = DropContent.SourceLine,
    });

    public static readonly FramesField InlineFrames = Add(new FramesField(
        nameof(DropAlert.InlineFrames), (DropSite site) => site.Source?.InlineFrames is { Count: > 0 } frames ? frames : null,
        (ref DropValues values, IReadOnlyList<StackFrame>? value) => values.Site.InlineFrames = value));

    public static readonly TextField TrapName = Add(new TextField(
        nameof(DropAlert.TrapName), (DropSite site) => site.TrapName,
            (ref DropValues values, string? value) => values.Site.TrapName = value)
    {
        Content = DropContent.Trap,
        KernelName = "NET_DM_ATTR_HW_TRAP_NAME",
    });

    public static readonly TextField TrapGroup = Add(new TextField(
        nameof(DropAlert.TrapGroup), (DropSite site) => site.TrapGroup,
            (ref DropValues values, string? value) => values.Site.TrapGroup = value)
    {
        Content = DropContent.Trap,
        KernelName = "NET_DM_ATTR_HW_TRAP_GROUP_NAME",
    });

    public static readonly TextField Location = Add(new TextField(nameof(DropAlert.Location), (DropSite site) => site.Location, null));

    /// <summary>All rows.</summary>
    public static IReadOnlyList<DropField> All => Rows;

    /// <summary>The texts of a site, which take most of its memory.</summary>
    public static IReadOnlyList<TextField> SiteTexts { get; } =
        [.. All.OfType<TextField>().Where(field => field is { IsOfSite: true, IsDerived: false })];

    /// <summary>The row with a name; null where there is none.</summary>
    public static DropField? Find(string name) => All.FirstOrDefault(field => field.Name == name);

    private static T Add<T>(T row)
        where T : DropField
    {
        Rows.Add(row);
        return row;
    }

    private static void SetTimestamp(ref DropValues values, DateTimeOffset value)
    {
        values.Own.UtcTicks = value.UtcTicks;
        values.HasTime = true;
    }
}
