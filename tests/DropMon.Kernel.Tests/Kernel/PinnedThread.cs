using System.Runtime.ExceptionServices;
using DropMon.Native;

namespace DropMon.KernelTests.Kernel;

/// <summary>Traffic from a CPU of choice.</summary>
internal static class PinnedThread
{
    /// <summary>Runs an action on a thread of its own that stays on one CPU, and waits for its end.</summary>
    public static void RunOn(int cpu, Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                ThreadAffinity.StayOn(cpu);
                action();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}
