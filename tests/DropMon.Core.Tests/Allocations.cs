namespace DropMon.Tests;

/// <summary>Counts what code allocates on the thread it runs on.</summary>
internal static class Allocations
{
    private const int MostRuns = 100;

    /// <summary>
    /// The bytes that the code allocates each time it runs. A background collection, which tests beside this one bring about, takes the
    /// rest of the block that a thread allocates from, and the runtime counts that as allocated: up to 8 KiB now and then. What the code
    /// allocates itself is there in every run.
    /// </summary>
    public static long Of(Action code)
    {
        long least = long.MaxValue;
        for (int run = 0; run < MostRuns && least > 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            code();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
