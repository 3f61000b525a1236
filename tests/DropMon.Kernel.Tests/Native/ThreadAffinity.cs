using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DropMon.KernelTests.Native;

/// <summary>Keeps the calling thread on one CPU (sched_setaffinity(2)).</summary>
internal static partial class ThreadAffinity
{
    /// <summary>Runs an action on a thread of its own that stays on one of the first 64 CPUs.</summary>
    public static void RunOn(int cpu, Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                ulong mask = 1ul << cpu;
                if (SetAffinity(0, sizeof(ulong), in mask) < 0)
                {
                    throw new Win32Exception();
                }

                action();
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException($"What was to run on CPU {cpu} failed.", failure);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint length, in ulong mask);
}
