using DropMon.Files;

namespace DropMon.Tests.Files;

/// <summary>Nothing else may allocate meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryMeasurements
{
    public const string Name = "Memory measurements";
}

/// <summary>However long the file and however odd its values, writing and reading hold only what they work on.</summary>
[Collection(MemoryMeasurements.Name)]
public sealed class ConstantMemoryTests : IDisposable
{
    private const int Alerts = 60_000;

    // The buffers and caches of a reader or writer; the file itself has several times that.
    private const long Room = 12 * 1024 * 1024;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Extensions => ["jsonl", "pcapng"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_file_in_which_no_two_alerts_share_anything_is_written_and_read_in_constant_memory(string extension)
    {
        string path = _folder.File("a." + extension);
        long before = GC.GetTotalMemory(true);
        using (AlertWriter writer = AlertFile.OpenWrite(path))
        {
            for (int i = 0; i < Alerts; i++)
            {
                writer.Write(Distinct(i));
            }

            Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, Room);
        }

        Assert.InRange(new FileInfo(path).Length, 2 * Room, long.MaxValue);
        using AlertReader reader = AlertFile.OpenRead(path);
        int read = 0;
        while (reader.TryRead(out _))
        {
            read++;
        }

        Assert.Equal(Alerts, read);
        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, Room);
    }

    private static DropAlert Distinct(int i) =>
        new(new DropSite
        {
            Function = $"function_{i}",
            Explanation = $"Explanation {i} of a length that such sentences have in real files."
        }, AlertSamples.Time)
        {
            InterfaceName = $"veth{i}",
            ProcessName = $"process{i}",
            ComputerName = $"host{i}",
            StackTrace = [new StackFrame((ulong)i + 1, $"frame_{i}", 1, null), new StackFrame((ulong)i + 1, $"caller_{i}", 1, null)],
        };
}
