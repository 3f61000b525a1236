using DropMon.Text;

namespace DropMon;

/// <summary>Alerts that were lost, by cause. It does not change: one thread may write a new one while others read the former.</summary>
internal sealed class DropLosses : IEquatable<DropLosses>
{
    private readonly DropLoss[] _losses;

    private DropLosses(DropLoss[] losses) => _losses = losses;

    /// <summary>Nothing was lost.</summary>
    public static DropLosses None { get; } = new([]);

    /// <summary>All that were lost.</summary>
    public long Total => SaturatingCount.Sum(_losses, loss => loss.Count);

    /// <summary>Each cause that lost any.</summary>
    public IReadOnlyList<DropLoss> All => _losses;

    /// <summary>How many were lost for a cause.</summary>
    public long this[LossCause cause] => Array.Find(_losses, loss => loss.Cause == cause.Id)?.Count ?? 0;

    public static DropLosses Of(params (LossCause Cause, long Count)[] losses)
    {
        DropLosses all = None;
        foreach ((LossCause cause, long count) in losses)
        {
            all = all.With(cause, count);
        }

        return all;
    }

    /// <summary>The same with another count for a cause; without it where the count is 0.</summary>
    public DropLosses With(LossCause cause, long count)
    {
        var loss = new DropLoss
        {
            Cause = cause.Id,
            Count = count,
            IsExact = cause.IsExact,
            Description = cause.Description,
            Remedy = cause.Remedy,
        };
        IEnumerable<DropLoss> others = _losses.Where(other => other.Cause != cause.Id);
        return new DropLosses([.. (count == 0 ? others : others.Append(loss)).OrderBy(Rank)]);
    }

    /// <summary>The same, naming options as a front end does.</summary>
    public DropLosses Spell(IOptionSpelling spelling) =>
        new([.. _losses.Select(loss => loss.Remedy is null ? loss : loss with { Remedy = OptionText.Spell(loss.Remedy, spelling) })]);

    /// <summary>What was lost since an earlier look.</summary>
    public DropLosses Since(DropLosses earlier) => earlier._losses.Length == 0
        ? this
        : new DropLosses([
            .. _losses.Select(loss => loss with { Count = loss.Count - earlier.CountOf(loss.Cause) }).Where(loss => loss.Count > 0),
        ]);

    public bool Equals(DropLosses? other) => other is not null && _losses.AsSpan().SequenceEqual(other._losses);

    public override bool Equals(object? obj) => Equals(obj as DropLosses);

    public override int GetHashCode() => Total.GetHashCode();

    private long CountOf(string cause) => Array.Find(_losses, loss => loss.Cause == cause)?.Count ?? 0;

    // A source's own causes stand among those of the way here, before what DropMon itself lost.
    private static int Rank(DropLoss loss)
    {
        int known = LossCause.WithProperty.ToList().FindIndex(cause => cause.Id == loss.Cause);
        int own = LossCause.WithProperty.ToList().IndexOf(LossCause.Buffer);
        return known < 0 ? (2 * own) - 1 : 2 * known;
    }
}
