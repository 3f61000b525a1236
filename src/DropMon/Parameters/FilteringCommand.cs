using System.Management.Automation;
using DropMon.Monitoring;

namespace DropMon.Commands;

/// <summary>The parameters that say which drops are wanted. They are asked before an object is built.</summary>
public abstract class FilteringCommand : PSCmdlet
{
    /// <summary>Only drops for these reasons.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ReasonCompleter))]
    public string[]? Reason { get; set; }

    /// <summary>Only drops in these functions of the kernel.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Function { get; set; }

    /// <summary>Only drops of these classes.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClassCompleter))]
    public string[]? Class { get; set; }

    /// <summary>Only packets that came in by these interfaces.</summary>
    [Parameter]
    [Alias("Interface")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceCompleter))]
    public string[]? InterfaceName { get; set; }

    /// <summary>Only packets of these protocols.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Protocol { get; set; }

    /// <summary>Only drops that matter so much.</summary>
    [Parameter]
    public DropSignificance[]? Significance { get; set; }

    /// <summary>The filter that the parameters make.</summary>
    private protected DropFilter CreateFilter() => new()
    {
        Reason = AnyOf(Reason),
        Function = AnyOf(Function),
        Class = AnyOf(Class),
        InterfaceName = AnyOf(InterfaceName),
        Protocol = AnyOf(Protocol),
        Significance = Significance is null ? null : new HashSet<DropSignificance>(Significance),
    };

    private static Predicate<string>? AnyOf(string[]? patterns)
    {
        if (patterns is null)
        {
            return null;
        }

        WildcardPattern[] compiled = Array.ConvertAll(patterns, pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant));
        return text => Array.Exists(compiled, pattern => pattern.IsMatch(text));
    }
}
