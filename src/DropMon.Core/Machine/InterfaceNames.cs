namespace DropMon.Machine;

/// <summary>
/// Names interfaces of this network namespace by index, and remembers for a second: names and indexes change. For one thread.
/// </summary>
internal sealed class InterfaceNames(string folderOfInterfaces = "/sys/class/net")
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private const int SoonestMilliseconds = 50; // An index that does not exist must not cost a scan of all interfaces each time.

    private readonly Dictionary<int, string?> _names = [];
    private long _filledAt;
    private bool _isFilled;

    /// <summary>The name; null where no interface here has that index.</summary>
    public string? Find(int index)
    {
        if (!_isFilled)
        {
            Fill();
        }

        if (_names.TryGetValue(index, out string? name) || Environment.TickCount64 - _filledAt < SoonestMilliseconds)
        {
            return name;
        }

        // It may have appeared since.
        Fill();
        return _names.GetValueOrDefault(index);
    }

    public void Expire()
    {
        if (Environment.TickCount64 - _filledAt > Lifetime.TotalMilliseconds)
        {
            _names.Clear();
            _isFilled = false;
        }
    }

    private void Fill()
    {
        _filledAt = Environment.TickCount64;
        _isFilled = true;
        try
        {
            foreach (string folder in Directory.EnumerateDirectories(folderOfInterfaces))
            {
                Add(folder);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No /sys here, or no descriptors left: the index must do.
        }
    }

    private void Add(string folder)
    {
        try
        {
            if (int.TryParse(File.ReadAllText(Path.Combine(folder, "ifindex")), out int index))
            {
                _names[index] = SafeText.Escape(Path.GetFileName(folder));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The interface vanished while being read.
        }
    }
}
