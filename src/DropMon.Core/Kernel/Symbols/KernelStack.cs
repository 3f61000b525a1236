using System.Collections;

namespace DropMon.Kernel.Symbols;

/// <summary>A kernel stack, innermost frame first, whose addresses are looked up when it is read.</summary>
internal sealed class KernelStack(ulong[] addresses, IKernelSymbols symbols, ISourceLines lines) : IReadOnlyList<StackFrame>
{
    private StackFrame[]? _frames;

    /// <summary>The frames, inlined functions included.</summary>
    public int Count => Frames.Length;

    public StackFrame this[int index] => Frames[index];

    // Two threads may both resolve; they get equal frames.
    private StackFrame[] Frames => _frames ??= [.. addresses.SelectMany(Resolve)];

    /// <summary>
    /// The frames from the place of the drop outwards: those inside of it belong to the tracer and to the freeing itself.
    /// </summary>
    public static ulong[] FromSite(ReadOnlySpan<ulong> stack, ulong site)
    {
        int start = stack.IndexOf(site);
        return stack[Math.Max(start, 0)..].ToArray();
    }

    public IEnumerator<StackFrame> GetEnumerator() => ((IEnumerable<StackFrame>)Frames).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<StackFrame> Resolve(ulong address)
    {
        SourceLocation? source = lines.FindCall(address);
        foreach (StackFrame inlined in source?.InlineFrames ?? [])
        {
            yield return inlined;
        }

        yield return symbols.TryResolve(address, out ResolvedSymbol symbol)
            ? new StackFrame(address, symbol.Function, symbol.Offset, symbol.Module, source?.FunctionFile, source?.FunctionLine)
            : new StackFrame(address, null, 0, null, source?.FunctionFile, source?.FunctionLine);
    }
}
