using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>Keeps the calling thread on one CPU (sched_setaffinity(2)).</summary>
internal static partial class ThreadAffinity
{
    private const int MostCpus = 8192; // NR_CPUS of the largest kernels
    private const int BitsOfWord = 64;

    /// <summary>Keeps the calling thread on one CPU from now on.</summary>
    /// <exception cref="SyscallException">This process may not run there.</exception>
    public static void StayOn(int cpu)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cpu, (uint)MostCpus, nameof(cpu));
        var mask = new ulong[MostCpus / BitsOfWord];
        mask[cpu / BitsOfWord] = 1ul << (cpu % BitsOfWord);
        if (SetAffinity(0, mask.Length * sizeof(ulong), mask) < 0)
        {
            throw SyscallException.FromLastError("sched_setaffinity", $"Pinning a thread to CPU {cpu}");
        }
    }

    // Thread 0 is the calling one.
    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint length, [In] ulong[] mask);
}
