using DropMon.Filters;
using DropMon.Logging;
using DropMon.Machine;
using DropMon.Model.Fields;
using DropMon.Native;
using DropMon.Text;

namespace DropMon.Sources;

/// <summary>
/// What there is to know of a source without opening it. Selection, refusals, notes, preflight, the explanation of null properties and the
/// texts of front ends are read off it: nothing outside of the source's folder and the catalog knows the source.
/// </summary>
internal abstract class SourceDescriptor
{
    /// <summary>The name that users type and that alerts carry.</summary>
    public abstract string Name { get; }

    /// <summary>What it is, as a noun phrase with its article: <c>the kernel's drop monitor</c>.</summary>
    public abstract string Title { get; }

    /// <summary>The same in short and without an article: <c>drop monitor</c>.</summary>
    public abstract string ShortTitle { get; }

    /// <summary>What it can do beyond reporting single drops.</summary>
    public abstract SourceFeatures Features { get; }

    /// <summary>The options that it understands.</summary>
    public abstract IReadOnlySet<OptionId> Options { get; }

    /// <summary>The conditions of a filter that it applies in the kernel.</summary>
    public virtual IReadOnlySet<FilterField> FiltersInKernel { get; } = new HashSet<FilterField>();

    /// <summary>Capabilities that it takes; of each group one suffices.</summary>
    public abstract IReadOnlyList<IReadOnlyList<Capability>> Capabilities { get; }

    /// <summary>The same for people, as a noun phrase.</summary>
    public abstract string CapabilityText { get; }

    /// <summary>What root in a container lacks for it, as a noun phrase.</summary>
    public abstract string ContainerGrant { get; }

    /// <summary>Looks at what the source needs of this machine, in the order of the results.</summary>
    public virtual IReadOnlyList<IPreflightCheck> CreateChecks() => [];

    /// <summary>What its alerts can carry; the fields of all else are null.</summary>
    public abstract DropContent ContentIn(DropAlertMode mode);

    /// <summary>What it never reports and is not counted, in sentences.</summary>
    public abstract IReadOnlyList<string> BlindSpotsIn(DropAlertMode? mode);

    /// <summary>Why an alert of this source does not carry something, in a clause; null where only the kernel knows.</summary>
    public abstract string? ExplainMissing(DropContent content, DropAlert alert);

    /// <summary>Whether the machine has what the source needs, without turning anything on.</summary>
    /// <returns>Null for yes; else the reason and the remedy.</returns>
    public abstract DropMonException? Probe();

    /// <summary>Probes by opening, for a source that turns nothing on for anyone else: what it opens is this process's own.</summary>
    protected DropMonException? ProbeByOpening()
    {
        try
        {
            Open(new SourceRequest()).Dispose();
            return null;
        }
        catch (DropMonException error)
        {
            return error;
        }
    }

    /// <summary>Makes a source that is not open.</summary>
    public abstract IDropSource Create(SourceRequest request);

    /// <summary>Makes a source and opens it.</summary>
    /// <exception cref="DropMonException">It cannot be opened; nothing is left behind.</exception>
    public IDropSource Open(SourceRequest request)
    {
        var clock = new LogClock();
        try
        {
            IDropSource source = CreateOpen(request);
            DropMonEvents.Log.SourceOpened(Name, source.Settings.Text, clock.Milliseconds);
            return source;
        }
        catch (DropMonException error)
        {
            DropMonEvents.Log.SourceRefused(Name, error.ErrorId, error.Message);
            throw;
        }
    }

    /// <summary>Whether a process with these capabilities may use it.</summary>
    public bool IsAllowedTo(CapabilitySet held) => Capabilities.All(group => group.Any(held.Has));

    private IDropSource CreateOpen(SourceRequest request)
    {
        IDropSource source = Create(request);
        try
        {
            source.Open();
            return source;
        }
        catch (IOException error) when (SyscallException.TellsExhaustion(error))
        {
            source.Dispose();
            throw SyscallException.FromExhaustion(error, "Opening the source");
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
