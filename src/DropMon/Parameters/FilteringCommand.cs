using System.Management.Automation;
using DropMon.Filters;
using DropMon.Reasons;

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
    [ArgumentCompleter(typeof(FunctionCompleter))]
    public string[]? Function { get; set; }

    /// <summary>Only drops of these classes.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClassCompleter))]
    [ClassPattern]
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
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    public string[]? Protocol { get; set; }

    /// <summary>Only drops that matter so much.</summary>
    [Parameter]
    public DropSignificance[]? Significance { get; set; }

    private string[]? ReasonNames => Reason is null ? null : Array.ConvertAll(Reason, ReasonName.WithoutPrefix);

    /// <summary>The filter that the parameters make.</summary>
    private protected DropFilter CreateFilter() => new()
    {
        Reason = Wildcards.AnyOf(ReasonNames),
        ReasonPatterns = Wildcards.Each(ReasonNames),
        Function = Wildcards.AnyOf(Function),
        Class = Wildcards.AnyOf(Class),
        InterfaceName = Wildcards.AnyOf(InterfaceName),
        Protocol = Wildcards.AnyOf(Protocol),
        ProtocolPatterns = Wildcards.Each(Protocol),
        Significance = Significance is null ? null : new HashSet<DropSignificance>(Significance),
    };
}
