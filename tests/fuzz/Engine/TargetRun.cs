using System.Diagnostics;

namespace DropMon.Fuzz;

/// <summary>
/// Runs one target: mutates what led somewhere new, keeps what leads further. Deterministic: the same seed and number of inputs give the
/// same inputs.
/// </summary>
internal sealed class TargetRun
{
    // Looking for new branches costs as much as many inputs of a small decoder, so it is done for a batch at a time.
    private const int BatchSize = 64;
    private const int MostKept = 4096;

    private readonly FuzzTarget _target;
    private readonly ulong _seed;
    private readonly string _findings;
    private readonly Mutator _mutator;
    private readonly List<byte[]> _corpus = [];
    private readonly byte[] _seen = Coverage.NewSeen();
    private readonly Stopwatch _time = new();
    private long _batches;

    public TargetRun(FuzzTarget target, ulong seed, string findings)
    {
        _target = target;
        _seed = seed;
        _findings = findings;
        _mutator = new Mutator(target.MaximumLength, [.. target.Tokens]);
    }

    public string Name => _target.Name;

    public long Inputs { get; private set; }

    public int Branches { get; private set; }

    public int Kept => _corpus.Count;

    public TimeSpan Elapsed => _time.Elapsed;

    public string? Failure { get; private set; }

    /// <summary>Runs until a number of inputs or the time is reached, or an input fails.</summary>
    public void Run(long inputs, TimeSpan time)
    {
        using var last = new LastInput(Path.Combine(_findings, $"{_target.Name}.last-input"), _target.MaximumLength);
        using var watchdog = new Watchdog(() => Hang(last.Path));
        _time.Start();
        if (_corpus.Count == 0)
        {
            Seed(last, watchdog);
        }

        while (Failure is null && Inputs < inputs && _time.Elapsed < time)
        {
            RunBatch(last, watchdog);
        }

        _time.Stop();
    }

    private void Seed(LastInput last, Watchdog watchdog)
    {
        foreach (byte[] seed in _target.Seeds.Where(seed => seed.Length <= _target.MaximumLength))
        {
            Coverage.Clear();
            Try(seed, last, watchdog);
            Branches += Coverage.Merge(_seen);
            _corpus.Add(seed);
        }

        // The decoder's first allocations are those of its static state.
        if (_corpus.Count == 0)
        {
            throw new InvalidOperationException($"The target {_target.Name} has no seed of at most {_target.MaximumLength} bytes.");
        }
    }

    private void RunBatch(LastInput last, Watchdog watchdog)
    {
        ulong seed = _seed + ((ulong)_batches++ * 0x100000001b3);
        var random = new Xorshift(seed);
        Coverage.Clear();
        for (int i = 0; i < BatchSize && Failure is null; i++)
        {
            Try(Next(ref random), last, watchdog);
        }

        if (Failure is null && Coverage.HasNew(_seen))
        {
            FindNew(new Xorshift(seed));
        }
    }

    // The batch once more, one at a time, against the corpus as it was.
    private void FindNew(Xorshift random)
    {
        List<byte[]> found = [];
        for (int i = 0; i < BatchSize; i++)
        {
            ReadOnlySpan<byte> input = Next(ref random);
            Coverage.Clear();
            _target.Run(input);
            int fresh = Coverage.Merge(_seen);
            Branches += fresh;
            if (fresh > 0)
            {
                found.Add(input.ToArray());
            }
        }

        foreach (byte[] input in found.Where(_ => _corpus.Count < MostKept))
        {
            _corpus.Add(input);
        }
    }

    private ReadOnlySpan<byte> Next(ref Xorshift random)
    {
        // Half of them from what was found last: that is where the frontier is.
        int from = random.Below(2) == 0 ? random.Below(_corpus.Count) : Math.Max(0, _corpus.Count - 1 - random.Below(16));
        return _mutator.Mutate(_corpus[from], _corpus[random.Below(_corpus.Count)], ref random);
    }

    private void Try(ReadOnlySpan<byte> input, LastInput last, Watchdog watchdog)
    {
        last.Note(input);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _target.Run(input);
        }
        catch (Exception error)
        {
            Fail(input, error.ToString());
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (Failure is null && allocated > _target.MostAllocation(input.Length))
        {
            Fail(input, $"{input.Length} bytes made it allocate {allocated}; {_target.MostAllocation(input.Length)} are allowed.");
        }

        Inputs++;
        watchdog.Feed();
    }

    private void Fail(ReadOnlySpan<byte> input, string what)
    {
        string path = Path.Combine(
            _findings, $"{_target.Name}-{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(input))[..12]}.bin");
        File.WriteAllBytes(path, input.ToArray());
        Failure = $"{what}{Environment.NewLine}To replay it: dotnet run --project tests/fuzz -- replay {_target.Name} {path}";
    }

    private void Hang(string lastInput)
    {
        Console.Error.WriteLine(
            $"{_target.Name}: an input takes too long. To replay it: dotnet run --project tests/fuzz -- replay {_target.Name} {lastInput}");
        Environment.FailFast("An input takes too long.");
    }
}
