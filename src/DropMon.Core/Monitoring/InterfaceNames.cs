namespace DropMon.Monitoring;

/// <summary>Names interfaces of this network namespace by index, and remembers for a second: names and indexes change. For one thread.</summary>
internal sealed class InterfaceNames
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, string?> _names = [];
    private long _filledAt;

    /// <summary>The name; null where no interface here has that index.</summary>
    public string? Find(int index)
    {
        if (_names.Count == 0)
        {
            Fill();
        }

        return _names.GetValueOrDefault(index);
    }

    public void Expire()
    {
        if (Environment.TickCount64 - _filledAt > Lifetime.TotalMilliseconds)
        {
            _names.Clear();
        }
    }

    private void Fill()
    {
        _filledAt = Environment.TickCount64;
        foreach (string folder in Directory.EnumerateDirectories("/sys/class/net"))
        {
            try
            {
                if (int.TryParse(File.ReadAllText(Path.Combine(folder, "ifindex")), out int index))
                {
                    _names[index] = SafeText.Escape(Path.GetFileName(folder));
                }
            }
            catch (IOException)
            {
                // The interface vanished while being read.
            }
        }
    }
}
