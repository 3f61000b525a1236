using System.Globalization;

namespace DropMon.Machine;

/// <summary>Names processes by number, and remembers for a second: the same ones are asked for again and again. For one thread.</summary>
internal sealed class ProcessNames
{
    private const int MostNames = 4096;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, string?> _names = [];
    private long _filledAt;

    /// <summary>The name; null when the process is gone.</summary>
    public string? Find(int process)
    {
        // The idle task has no folder in /proc.
        if (process == 0)
        {
            return "swapper";
        }

        if (!_names.TryGetValue(process, out string? name))
        {
            if (_names.Count == 0)
            {
                _filledAt = Environment.TickCount64;
            }

            name = Read(process);
            _names[process] = name;
        }

        return name;
    }

    /// <summary>Forgets names that are old or too many.</summary>
    /// <returns>Whether any was forgotten.</returns>
    public bool Expire()
    {
        bool isOld = _names.Count > 0 && (_names.Count > MostNames || Environment.TickCount64 - _filledAt > Lifetime.TotalMilliseconds);
        if (isOld)
        {
            _names.Clear();
        }

        return isOld;
    }

    private static string? Read(int process)
    {
        try
        {
            return SafeText.Escape(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/comm")).TrimEnd('\n'));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended before it could be asked.
            return null;
        }
    }
}
