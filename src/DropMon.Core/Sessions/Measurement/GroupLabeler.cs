using DropMon.Kernel.Symbols;

namespace DropMon.Sessions.Measurement;

/// <summary>Makes labels for the keys that drops are grouped by, and says what of a drop they depend on.</summary>
internal sealed class GroupLabeler
{
    public GroupLabeler(IReadOnlyList<DropGroupKey> keys)
    {
        Keys = [.. keys.Distinct()];
        UsesInterface = Keys.Contains(DropGroupKey.InterfaceName);
        UsesProtocol = Keys.Contains(DropGroupKey.Protocol);
        UsesProcessName = Keys.Contains(DropGroupKey.ProcessName);
        UsesProcess = UsesProcessName || Keys.Contains(DropGroupKey.ProcessId);
        UsesCpu = Keys.Contains(DropGroupKey.Cpu);
    }

    public IReadOnlyList<DropGroupKey> Keys { get; }

    public bool UsesInterface { get; }

    public bool UsesProtocol { get; }

    public bool UsesProcess { get; }

    public bool UsesProcessName { get; }

    public bool UsesCpu { get; }

    /// <summary>Whether anything but the site decides.</summary>
    public bool UsesContext => UsesInterface || UsesProtocol || UsesProcess || UsesCpu || Keys.Contains(DropGroupKey.ComputerName);

    /// <summary>The label of a drop.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="context">What does not depend on the site; only what the keys ask for need be there.</param>
    public GroupLabel Label(DropSite site, in DropContext context)
    {
        var values = new object?[Keys.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ValueOf(Keys[i], site, in context);
        }

        return new GroupLabel(values);
    }

    private static object? ValueOf(DropGroupKey key, DropSite site, in DropContext context) => key switch
    {
        DropGroupKey.Function => site.Function,
        DropGroupKey.Reason => site.Reason,
        DropGroupKey.ReasonSubsystem => site.ReasonSubsystem,
        DropGroupKey.Class => site.Class,
        DropGroupKey.Type => site.Type,
        DropGroupKey.Significance => site.Significance,
        // The line is looked up when the result is made: debug information takes its time.
        DropGroupKey.Location => site.Function is null && site.Address is null ? site.TrapName : LocationText.Format(site.Address ?? 0, site.Function, site.Offset ?? 0, site.Module, null, null),
        DropGroupKey.Module => site.Module,
        DropGroupKey.TrapName => site.TrapName,
        DropGroupKey.InterfaceName => context.InterfaceName,
        DropGroupKey.Protocol => context.Protocol,
        DropGroupKey.ProcessName => context.ProcessName,
        DropGroupKey.ProcessId => context.ProcessId,
        DropGroupKey.Cpu => context.Cpu,
        DropGroupKey.ComputerName => context.ComputerName,
        _ => null,
    };
}
