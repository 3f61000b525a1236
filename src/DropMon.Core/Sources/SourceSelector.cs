using System.Numerics;
using DropMon.Filters;
using DropMon.Logging;
using DropMon.Model.Fields;
using DropMon.Text;

namespace DropMon.Sources;

/// <summary>Opens the source that was asked for, or the best that this machine has.</summary>
internal sealed class SourceSelector(SourceCatalog catalog)
{
    /// <summary>Opens a source.</summary>
    /// <exception cref="DropMonException">None can be opened; the message names what each lacks.</exception>
    public OpenedSource Open(SourceRequest request)
    {
        request = request with { Source = catalog.Canonical(request.Source) };
        IReadOnlyList<SourceDescriptor> candidates = FindCandidates(request);
        return request.Source == DropSourceName.Auto
            ? OpenBest(request, candidates)
            : new OpenedSource(OpenNamed(request, candidates[0]), null);
    }

    /// <summary>The sources that can answer a request, the preferred first; opens none.</summary>
    /// <exception cref="OptionException">An option has an impossible value, or none can answer.</exception>
    public IReadOnlyList<SourceDescriptor> FindCandidates(SourceRequest request)
    {
        ValidateNumbers(request);
        FilterSense.RequireOnThisMachine(request.Filter);
        if (catalog.Canonical(request.Source) is var name && name != DropSourceName.Auto)
        {
            SourceDescriptor named = catalog.Find(name)!;
            Require(named, request);
            return [named];
        }

        IReadOnlyList<SourceDemand> demands = SourceDemand.Of(request);
        SourceDescriptor[] able =
        [
            .. catalog.Sources.Where(
                source => demands.All(demand => demand.Content != DropContent.None || demand.IsPreference || IsMet(demand, source))),
        ];
        if (able.Length == 0)
        {
            // Some of what was asked for there is; the rest goes not together with it.
            Require(catalog.Sources.FirstOrDefault(source => IsMet(demands[0], source)) ?? catalog.Sources[0], request);
        }

        SourceDescriptor[] preferred = [.. able.Where(source => demands.All(demand => !demand.IsPreference || IsMet(demand, source)))];
        if (!preferred.Any(source => FindUnmet(source) is null))
        {
            Require(preferred.FirstOrDefault() ?? able[0], request);
        }

        return [.. able.Where(source => FindUnmet(source) is null or { IsPreference: true })];

        bool IsMet(SourceDemand demand, SourceDescriptor source) => demand.IsMetBy(source, request.Mode);
        SourceDemand? FindUnmet(SourceDescriptor source) => demands.FirstOrDefault(demand => !IsMet(demand, source));
    }

    /// <summary>Makes sure that a source can answer all that a request demands.</summary>
    /// <exception cref="OptionException">It cannot; the remedy names the sources that can.</exception>
    public void Require(SourceDescriptor source, SourceRequest request)
    {
        foreach (SourceDemand demand in SourceDemand.Of(request))
        {
            if (!demand.IsMetBy(source, request.Mode))
            {
                throw demand.IsLostInSummaries(source, request.Mode) ? SummaryRefusal(demand) : Refusal(source, demand);
            }
        }
    }

    // What the kernel lacks for one source another may do without.
    private IDropSource OpenNamed(SourceRequest request, SourceDescriptor source)
    {
        try
        {
            return source.Open(request);
        }
        catch (KernelFeatureMissingException error)
        {
            string[] others =
            [
                .. catalog.Sources.Where(
                    other => other != source
                        && SourceDemand.Of(request).All(demand => demand.IsMetBy(other, request.Mode))
                        && other.Probe() is null)
                    .Select(other => other.Name),
            ];
            throw others.Length == 0 ? error
                : new KernelFeatureMissingException(
                    error.ErrorId, error.Message, $"{error.Remedy} Or use {OptionId.Source.With(string.Join(" or ", others))}.", error);
        }
    }

    private static OptionException SummaryRefusal(SourceDemand demand) => new(
        $"A summary reports only the place and the number of drops, so {demand.Option} would match nothing.",
        $"Use {OptionId.Mode.With("Packet")}, or {demand.Instead}.");

    private OptionException Refusal(SourceDescriptor source, SourceDemand demand)
    {
        SourceDescriptor[] able = [.. catalog.Sources.Where(other => demand.IsMetBy(other, DropAlertMode.Packet))];
        bool losesStack = source.Features.HasFlag(SourceFeatures.StackTraces)
            && !able.Any(other => other.Features.HasFlag(SourceFeatures.StackTraces));
        string others = able.Length == 0
            ? ""
            : $"Use {OptionId.Source.With(string.Join(" or ", able.Select(other => other.Name)))}" +
                (losesStack ? $", without {OptionId.StackTrace}; or " : ", or ");
        string remedy = others + demand.Instead;
        return new OptionException($"The {source.ShortTitle} {demand.Lack}.", char.ToUpperInvariant(remedy[0]) + remedy[1..] + ".");
    }

    private static void ValidateNumbers(SourceRequest request)
    {
        Require(request.TruncationLength >= 0, $"{OptionId.TruncationLength}", request.TruncationLength, "0, for whole packets, or more");
        Require(request.QueueLength >= 1, $"{OptionId.QueueLength}", request.QueueLength, "at least 1");
        if (request.RingSize is { } ringSize)
        {
            bool fits = ringSize >= Environment.SystemPageSize && BitOperations.IsPow2(ringSize);
            Require(fits, "The ring size", ringSize, $"a power of two of at least {Environment.SystemPageSize}");
        }

        static void Require(bool isMet, string option, int value, string needed)
        {
            if (!isMet)
            {
                throw new OptionException($"{option} cannot be {value}.", $"Give {needed}.");
            }
        }
    }

    private OpenedSource OpenBest(SourceRequest request, IReadOnlyList<SourceDescriptor> candidates)
    {
        var failures = new List<SourceFailure>();
        foreach (SourceDescriptor source in candidates)
        {
            try
            {
                IDropSource opened = source.Open(request);
                string? why = WhyChosen(source, request, failures);
                if (why is not null)
                {
                    DropMonEvents.Log.SourceChosen(source.Name, why);
                }

                return new OpenedSource(opened, why);
            }
            catch (DropMonException error)
            {
                failures.Add(new SourceFailure(source, error));
            }
        }

        throw FindExclusive(request, candidates) is not { } demand ? new NoSourceException(failures)
            : candidates.Count == 1 && demand.Feature == SourceFeatures.StackTraces ? failures[0].Error
            : Exclusive(demand, failures);
    }

    // What only some sources can do decides.
    private SourceDemand? FindExclusive(SourceRequest request, IReadOnlyList<SourceDescriptor> candidates) => SourceDemand.Of(request)
        .FirstOrDefault(
            demand => !demand.IsPreference && catalog.Sources.Except(candidates).Any(source => !demand.IsMetBy(source, request.Mode)));

    private static OptionException Exclusive(SourceDemand demand, List<SourceFailure> failures)
    {
        string titles = string.Join(" and ", failures.Select(failure => $"the {failure.ShortTitle}"));
        string reasons = string.Join(" ", failures.Select(failure => failure.Error.Message));
        string instead = char.ToUpperInvariant(demand.Instead[0]) + demand.Instead[1..];
        return new OptionException(
            $"Only {titles} {demand.Ability}, and it is unavailable: {reasons}",
            $"{instead}; or make {titles} available: {CommandId.Doctor} says how.");
    }

    private string? WhyChosen(SourceDescriptor source, SourceRequest request, List<SourceFailure> failures)
    {
        if (failures.Count > 0)
        {
            string instead = request.Mode == DropAlertMode.Summary && !source.Features.HasFlag(SourceFeatures.Summaries)
                ? "and reports every drop instead of a summary, "
                : "";
            return $"The {source.ShortTitle} is the source, {instead}because " +
                $"{string.Join(" ", failures.Select(failure => $"the {failure.ShortTitle} is unavailable: {failure.Error.Message}"))}";
        }

        SourceDescriptor first = catalog.Sources[0];
        if (source == first)
        {
            return null;
        }

        SourceDemand? demand = SourceDemand.Of(request).FirstOrDefault(demand => !demand.IsMetBy(first, request.Mode));
        bool isOnly = demand is not null && catalog.Sources.Count(other => demand.IsMetBy(other, request.Mode)) == 1;
        return demand is null ? null
            : isOnly ? $"The {source.ShortTitle} is the source, because only it {demand.Ability}."
            : $"The {source.ShortTitle} is the source, because the {first.ShortTitle} {demand.Lack}.";
    }
}

/// <summary>A source, and why it was chosen where that needs saying.</summary>
internal readonly record struct OpenedSource(IDropSource Source, string? Note);
