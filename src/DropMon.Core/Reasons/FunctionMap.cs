using DropMon.Text;

namespace DropMon.Reasons;

/// <summary>Finds what is filed under a function's name: the exact name first, then the patterns in the order they were added.</summary>
internal sealed class FunctionMap<T>
    where T : class
{
    private readonly Dictionary<string, T> _exact = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<NamePattern, T>> _patterns = [];

    public void Add(string functionOrPattern, T value)
    {
        if (NamePattern.IsPattern(functionOrPattern))
        {
            _patterns.Add(KeyValuePair.Create(NamePattern.Parse(functionOrPattern), value));
        }
        else if (!_exact.TryAdd(functionOrPattern, value))
        {
            throw new ArgumentException($"{functionOrPattern} is listed twice.", nameof(functionOrPattern));
        }
    }

    /// <summary>Looks the symbol up without the suffixes that compilers append.</summary>
    public bool TryFind(string symbol, out T value)
    {
        string function = FunctionName.StripCompilerSuffix(symbol);
        if (_exact.TryGetValue(function, out value!))
        {
            return true;
        }

        foreach ((NamePattern pattern, T candidate) in _patterns)
        {
            if (pattern.Matches(function))
            {
                value = candidate;
                return true;
            }
        }

        return false;
    }
}
