using DropMon.Sources;

namespace DropMon.Cli;

/// <summary>What commands work with.</summary>
/// <param name="Catalog">The sources to choose from.</param>
/// <param name="OpenOutput">Opens standard output as bytes.</param>
internal sealed record CommandContext(SourceCatalog Catalog, Func<Stream> OpenOutput);
