using DropMon.Sources.Ebpf;
using DropMon.Sources.NetDm;
using DropMon.Sources.Tracepoint;
using DropMon.Text;

namespace DropMon.Sources;

/// <summary>
/// The sources that there are, the preferred first. It does not change and is passed in; a new source adds its line here.
/// </summary>
internal sealed class SourceCatalog
{
    public SourceCatalog(params SourceDescriptor[] sources) => Sources = [.. sources];

    /// <summary>The sources that DropMon comes with.</summary>
    public static SourceCatalog Default { get; } = new(new EbpfDescriptor(), new NetDmDescriptor(), new TracepointDescriptor());

    /// <summary>Each source, the preferred first.</summary>
    public IReadOnlyList<SourceDescriptor> Sources { get; }

    /// <summary>What a user may choose from.</summary>
    public IReadOnlyList<string> Names => [DropSourceName.Auto, .. Sources.Select(source => source.Name)];

    /// <summary>The source of a name, any case; null for none.</summary>
    public SourceDescriptor? Find(string name) =>
        Sources.FirstOrDefault(source => source.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A name as the catalog spells it.</summary>
    /// <exception cref="OptionException">There is no such source.</exception>
    public string Canonical(string name) =>
        Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw new OptionException(
            $"There is no source '{SafeText.Escape(name)}'.",
            SimilarNames.Question(SimilarNames.To(name, Names)) ?? $"Use {string.Join(", ", Names.SkipLast(1))} or {Names[^1]}.");

    /// <summary>The names of the sources that understand an option, for its description.</summary>
    public string NamesFor(OptionId option) =>
        string.Join(", ", Sources.Where(source => source.Options.Contains(option)).Select(source => source.Name));
}
