using System.Management.Automation;
using DropMon.Filters;
using DropMon.Output;
using DropMon.Parameters;

namespace DropMon.Commands;

/// <summary>The parameters that say which drops are wanted. They are asked before an object is built.</summary>
public abstract class FilteringCommand : PSCmdlet
{
    /// <summary>Only drops for these reasons.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ReasonCompleter))]
    [NamePattern]
    public string[]? Reason { get; set; }

    /// <summary>Only drops in these functions of the kernel.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FunctionCompleter))]
    [NamePattern]
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
    [NamePattern]
    public string[]? InterfaceName { get; set; }

    /// <summary>Only packets of these protocols.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    [NamePattern]
    public string[]? Protocol { get; set; }

    /// <summary>Only drops of this significance.</summary>
    [Parameter]
    public DropSignificance[]? Significance { get; set; }

    /// <summary>The filter that the parameters make.</summary>
    private protected DropFilter CreateFilter()
    {
        try
        {
            return DropFilter.None
                .With(FilterField.Reason, Reason)
                .With(FilterField.Function, Function)
                .With(FilterField.Class, Class)
                .With(FilterField.Significance, Significance is null ? null : Array.ConvertAll(Significance, value => value.ToString()))
                .With(FilterField.InterfaceName, InterfaceName)
                .With(FilterField.Protocol, Protocol);
        }
        catch (FilterException error)
        {
            ThrowTerminatingError(error.ToErrorRecord(null));
            throw;
        }
    }
}
