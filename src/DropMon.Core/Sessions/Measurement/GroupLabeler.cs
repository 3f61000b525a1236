using DropMon.Kernel.Symbols;
using DropMon.Model.Fields;

namespace DropMon.Sessions.Measurement;

/// <summary>Makes labels for the keys that drops are grouped by, and says what of a drop they depend on.</summary>
internal sealed class GroupLabeler
{
    private readonly DropField[] _fields;

    public GroupLabeler(IReadOnlyList<DropGroupKey> keys)
    {
        Keys = [.. keys.Distinct()];
        _fields = [.. Keys.Select(FieldOf)];
        UsesContext = _fields.Any(field => !field.IsOfSite);
        UsesInterface = Keys.Contains(DropGroupKey.InterfaceName);
        UsesProtocol = Keys.Contains(DropGroupKey.Protocol);
        UsesProcessName = Keys.Contains(DropGroupKey.ProcessName);
        UsesProcess = UsesProcessName || Keys.Contains(DropGroupKey.ProcessId);
        UsesCpu = Keys.Contains(DropGroupKey.Cpu);
        UsesControlGroup = Keys.Contains(DropGroupKey.Unit) || Keys.Contains(DropGroupKey.Container);
        UsesNamespace = Keys.Contains(DropGroupKey.NetworkNamespace) || Keys.Contains(DropGroupKey.NetworkNamespaceName)
            || Keys.Contains(DropGroupKey.Container);
    }

    public IReadOnlyList<DropGroupKey> Keys { get; }

    public bool UsesInterface { get; }

    public bool UsesProtocol { get; }

    public bool UsesProcess { get; }

    public bool UsesProcessName { get; }

    public bool UsesCpu { get; }

    public bool UsesControlGroup { get; }

    public bool UsesNamespace { get; }

    /// <summary>Whether anything but the site decides.</summary>
    public bool UsesContext { get; }

    /// <summary>The field that a key names.</summary>
    public static DropField FieldOf(DropGroupKey key) =>
        DropFields.Find(key.ToString()) ?? throw new ArgumentOutOfRangeException(nameof(key));

    /// <summary>The label of a drop.</summary>
    /// <param name="site">Its site.</param>
    /// <param name="context">What does not depend on the site; only what the keys ask for need be there.</param>
    public GroupLabel Label(DropSite site, in DropContext context)
    {
        var values = new object?[Keys.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ValueOf(_fields[i], site, in context);
        }

        return new GroupLabel(values);
    }

    private static object? ValueOf(DropField field, DropSite site, in DropContext context) =>
        field == DropFields.Location ? PlaceOf(site) : field.IsOfSite ? field.Read(site) : context.Read(field);

    // The line is looked up when the result is made: debug information takes its time.
    private static string? PlaceOf(DropSite site) =>
        site.Function is null && site.Address is null
            ? site.TrapName
            : LocationText.Format(site.Address ?? 0, site.Function, site.Offset ?? 0, site.Module, null, null);
}
