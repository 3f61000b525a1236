namespace DropMon.Machine.ControlGroups;

/// <summary>
/// Names control groups by the numbers that the kernel gives them. It gives none twice, so what was found stays right. For one thread.
/// </summary>
internal sealed class ControlGroupNames(ContainerNames containers)
{
    private const int MostNames = 4096;
    private const long RetryMilliseconds = 1000;

    private readonly Dictionary<ulong, ControlGroup?> _names = [];
    private ControlGroupMount? _mount;
    private bool _isFound;
    private long _failedAt;

    /// <summary>The control group; null where it is gone, or where cgroup2 or the right to ask is missing.</summary>
    public ControlGroup? Find(ulong id)
    {
        bool mayRetry = Environment.TickCount64 - _failedAt >= RetryMilliseconds;
        if (_names.TryGetValue(id, out ControlGroup? known) && (known is not null || !mayRetry))
        {
            return known;
        }

        if (_names.Count >= MostNames)
        {
            _names.Clear();
        }

        if (!_isFound)
        {
            _mount = ControlGroupMount.TryFind();
            _isFound = true;
        }

        ControlGroup? found = _mount?.Find(id) is { } path ? Of(ControlGroupPath.Parse(path)) : null;
        if (found is null)
        {
            _failedAt = Environment.TickCount64;
        }

        return _names[id] = found;
    }

    private ControlGroup Of(ControlGroupPath path) => new(
        SafeText.Escape(path.Path), path.Unit is { } unit ? SafeText.Escape(unit) : null, containers.Find(path));
}
