using DropMon.Filters;
using DropMon.Model.Fields;
using DropMon.Text;

namespace DropMon.Sources;

/// <summary>Something in a request that not every source can answer.</summary>
internal sealed record SourceDemand
{
    /// <summary>The option that asks for it, as users write it.</summary>
    public required string Option { get; init; }

    /// <summary>What alerts must carry; none where a feature is asked for.</summary>
    public DropContent Content { get; init; }

    /// <summary>The feature that is asked for.</summary>
    public SourceFeatures Feature { get; init; }

    /// <summary>What a source does that cannot answer, as the end of a sentence.</summary>
    public required string Lack { get; init; }

    /// <summary>What a source does that can, as the end of a sentence.</summary>
    public required string Ability { get; init; }

    /// <summary>What to do instead.</summary>
    public required string Instead { get; init; }

    /// <summary>Whether another source may do what this asks for in its own way, where the user leaves the choice.</summary>
    public bool IsPreference { get; init; }

    /// <summary>What a request demands, in the order in which it is refused.</summary>
    public static IReadOnlyList<SourceDemand> Of(SourceRequest request) => [.. All(request)];

    /// <summary>Whether a source can answer.</summary>
    public bool IsMetBy(SourceDescriptor source, DropAlertMode mode) =>
        Content != DropContent.None ? source.ContentIn(ModeOf(source, mode)).HasFlag(Content) : source.Features.HasFlag(Feature);

    /// <summary>Whether only the summaries of a source keep it from answering.</summary>
    public bool IsLostInSummaries(SourceDescriptor source, DropAlertMode mode) =>
        Content != DropContent.None && !IsMetBy(source, mode) && IsMetBy(source, DropAlertMode.Packet);

    private static DropAlertMode ModeOf(SourceDescriptor source, DropAlertMode mode) =>
        source.Features.HasFlag(SourceFeatures.Summaries) ? mode : DropAlertMode.Packet;

    private static IEnumerable<SourceDemand> All(SourceRequest request)
    {
        if (request.StackTrace)
        {
            yield return new SourceDemand
            {
                Option = $"{OptionId.StackTrace}",
                Feature = SourceFeatures.StackTraces,
                Lack = "does not record stack traces",
                Ability = "records stack traces",
                Instead = $"leave out {OptionId.StackTrace}",
            };
        }

        if (request.Hardware)
        {
            yield return new SourceDemand
            {
                Option = $"{OptionId.Hardware}",
                Feature = SourceFeatures.HardwareDrops,
                Lack = "does not report hardware drops",
                Ability = "reports hardware drops",
                Instead = $"leave out {OptionId.Hardware}",
            };
        }

        foreach (SourceDemand demand in OfFilter(request.Filter))
        {
            yield return demand;
        }

        if (request.Mode == DropAlertMode.Summary)
        {
            yield return new SourceDemand
            {
                Option = OptionId.Mode.With("Summary"),
                Feature = SourceFeatures.Summaries,
                Lack = "reports every drop: it has no summaries",
                Ability = "reports summaries",
                Instead = $"leave out {OptionId.Mode.With("Summary")}, and count with {CommandId.Measure}",
                IsPreference = true,
            };
        }
    }

    private static IEnumerable<SourceDemand> OfFilter(DropFilter filter) => filter.Needs.Select(need => need.Content switch
    {
        DropContent.Reason => OfField(need, "does not report the reason", "reports the reason"),
        DropContent.Interface => OfField(need, "does not report the interface", "reports the interface"),
        DropContent.EtherType => OfField(need, "does not report the protocol", "reports the protocol"),
        DropContent.Packet when need.Field == FilterField.Protocol => OfBytes(need, SafeText.Escape(need.Value)),
        DropContent.Packet => OfField(need, "does not report the packet's bytes", "reports the packet's bytes"),
        DropContent.NetworkNamespace => OfField(need, "does not report the network namespace", "reports the network namespace"),
        DropContent.Process => OfField(need, "does not report the process", "reports the process"),
        _ => OfField(need, $"does not report {need.Field}", $"reports {need.Field}"),
    });

    private static SourceDemand OfBytes(FilterNeed need, string protocol) =>
        OfField(need, "", $"reports whether a packet is {protocol}") with
        {
            Lack = $"does not report the packet's bytes, so {need.Option.With(protocol)} would match nothing",
            Instead = $"use {OptionId.Class}, such as {OptionId.Class.With("Udp")} or Tcp, instead of {need.Option}",
        };

    private static SourceDemand OfField(FilterNeed need, string lack, string ability) => new()
    {
        Content = need.Content,
        Option = $"{need.Option}",
        Lack = $"{lack}, so {need.Option} would match nothing",
        Ability = ability,
        Instead = $"leave out {need.Option}",
    };
}
