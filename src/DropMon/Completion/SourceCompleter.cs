using System.Management.Automation;
using DropMon.Completion;
using DropMon.Monitoring;
using DropMon.Sources;

namespace DropMon.Commands;

/// <summary>Completes names of sources.</summary>
public sealed class SourceCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word)
    {
        SourceCatalog catalog = SessionSources.OfThisSession();
        return catalog.Names.Where(word.Matches)
            .Select(name => word.Offer(name, catalog.Find(name)?.Title ?? "the first source that is available on this machine"));
    }
}
