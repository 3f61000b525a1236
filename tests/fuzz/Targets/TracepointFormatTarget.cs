using System.Text;
using DropMon.Kernel.Tracing;
using DropMon.Reasons;
using DropMon.Sources;
using DropMon.Sources.Tracepoint;

namespace DropMon.Fuzz.Targets;

/// <summary>The format file of a tracepoint, and reading a record by it.</summary>
internal sealed class TracepointFormatTarget : FuzzTarget
{
    private static readonly byte[] Record = new byte[64];

    public override string Name => "tracepoint-format";

    public override int Share => 2;

    public override int MaximumLength => 8192;

    public override IEnumerable<byte[]> Seeds => TracepointSeeds.Formats;

    public override IEnumerable<byte[]> Tokens =>
        Array.ConvertAll(
            [
                "ID:", "\tfield:", "offset:", "size:", ";", "[4]", "__print_symbolic(REC->reason,", "{ 0x3, \"X\" }", "location", "reason",
                "protocol"
            ],
            Encoding.UTF8.GetBytes);

    public override void Run(ReadOnlySpan<byte> input)
    {
        try
        {
            TracepointFormat format = TracepointFormat.Parse(Encoding.UTF8.GetString(input));
            var layout = new KfreeSkbLayout(format);
            var drop = default(RawDrop);
            layout.TryRead(Record, ref drop);
            layout.TryRead(Record.AsSpan(0, 20), ref drop);
            if (drop.HasReasonNumber)
            {
                _ = new KernelReasonTable(format.Symbols("reason")).Find(drop.ReasonNumber);
            }
        }
        catch (TracepointFormatException)
        {
            // Said so, as it should.
        }
    }
}
