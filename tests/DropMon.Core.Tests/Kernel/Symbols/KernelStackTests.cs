using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

public class KernelStackTests
{
    [Fact]
    public void A_stack_starts_at_the_place_of_the_drop() => Assert.Equal([3ul, 4, 5], KernelStack.FromSite([1, 2, 3, 4, 5], 3));

    [Fact]
    public void A_stack_without_the_place_is_kept_whole() => Assert.Equal([1ul, 2], KernelStack.FromSite([1, 2], 9));

    [Fact]
    public void An_empty_stack_stays_empty() => Assert.Empty(KernelStack.FromSite([], 9));

    [Fact]
    public void Frames_are_looked_up_once_and_only_when_read()
    {
        var symbols = new CountingSymbols();
        var stack = new KernelStack([0x10, 0x20], symbols, new ScriptedLines());
        Assert.Equal(0, symbols.Asked);

        Assert.Equal(2, stack.Count);
        Assert.Equal("f20", stack[1].Function);
        Assert.Null(stack[0].Function);
        _ = stack.ToArray();

        Assert.Equal(2, symbols.Asked);
    }

    [Fact]
    public void Inlined_functions_are_frames_of_their_own_within_the_one_around_them()
    {
        var stack = new KernelStack([0x30], new CountingSymbols(), new ScriptedLines());

        Assert.Equal(["inner (inner.h:7)", "f30 (outer.c:99)"], stack.Select(frame => frame.ToString()));
    }

    private sealed class ScriptedLines : ISourceLines
    {
        public SourceLocation? FindCall(ulong returnAddress) => returnAddress != 0x30 ? null :
            new SourceLocation(
                "inner.h", 7, [new StackFrame(0, "inner", 0, null, "inner.h", 7)])
            { FunctionFile = "outer.c", FunctionLine = 99 };
    }

    private sealed class CountingSymbols : IKernelSymbols
    {
        public int Asked { get; private set; }

        public bool TryResolve(ulong address, out ResolvedSymbol symbol)
        {
            Asked++;
            symbol = new ResolvedSymbol($"f{address:x}", 0, null);
            return address != 0x10;
        }
    }
}
