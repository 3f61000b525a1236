using System.Globalization;

namespace DropMon;

/// <summary>Drops at one place that account for part of a counter's increase.</summary>
public sealed record CounterExplanation
{
    /// <summary>The reason that the drops gave; null on kernels without reasons.</summary>
    public string? Reason { get; init; }

    /// <summary>The function that dropped.</summary>
    public string? Function { get; init; }

    /// <summary>The most telling counter there, in the kernel's spelling; else the reason.</summary>
    public string? Type { get; init; }

    /// <summary>How many drops.</summary>
    public long Count { get; init; }

    /// <summary>Whether each drop there raises the counter; false where it depends on the case and the numbers merely fit.</summary>
    public bool IsCertain { get; init; }

    /// <summary>The sockets whose own counts of drops rose meanwhile, the most first; empty where no socket was involved.</summary>
    public IReadOnlyList<DropCounterSocket> Sockets { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Type ?? Reason ?? "drops"} {Count}");
        text = Function is null ? text : $"{text} at {Function}";
        text = IsCertain ? text : $"{text} (probably)";
        return Sockets.Count switch
        {
            0 => text,
            1 => $"{text} (socket {Sockets[0]})",
            _ => $"{text} ({Sockets.Count} sockets, most {Sockets[0]})",
        };
    }
}
