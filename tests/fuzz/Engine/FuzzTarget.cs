namespace DropMon.Fuzz;

/// <summary>A decoder under attack: where its inputs start from, and what to do with one.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>What it is called on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Its share of a run's inputs, against the other targets': small decoders bear more than file readers.</summary>
    public abstract int Share { get; }

    /// <summary>No input is longer, in bytes.</summary>
    public virtual int MaximumLength => 2048;

    /// <summary>Well-formed inputs to start from.</summary>
    public abstract IEnumerable<byte[]> Seeds { get; }

    /// <summary>Pieces worth inserting: keywords, magic numbers.</summary>
    public virtual IEnumerable<byte[]> Tokens => [];

    /// <summary>How many bytes an input of a length may make the decoder allocate. More is a failure.</summary>
    public virtual long MostAllocation(int inputLength) => 64 * 1024 + (inputLength * 256L);

    /// <summary>Decodes one input. An exception that the decoder does not document is let through, and is a failure.</summary>
    public abstract void Run(ReadOnlySpan<byte> input);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
