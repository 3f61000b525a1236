using System.Globalization;
using DropMon.Kernel.Symbols;
using DropMon.Reasons;
using DropMon.Sessions;

namespace DropMon.Tests.Sessions;

/// <summary>Names an address <c>f10</c> for 0x10, and counts how often it was asked.</summary>
internal sealed class FakeKnowledge : IKernelSymbols, ISourceLines
{
    public int Asked { get; private set; }

    public KernelKnowledge Knowledge => new(this, this, new DropClassifier(DropKnowledge.Embedded));

    public bool TryResolve(ulong address, out ResolvedSymbol symbol)
    {
        Asked++;
        symbol = new ResolvedSymbol("f" + address.ToString("x", CultureInfo.InvariantCulture), 0, null);
        return address != 0;
    }

    public bool AddressesHidden { get; init; }

    public SourceLocation? FindCall(ulong returnAddress) => null;
}
