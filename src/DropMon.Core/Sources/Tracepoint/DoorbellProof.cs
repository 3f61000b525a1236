using DropMon.Native;

namespace DropMon.Sources.Tracepoint;

/// <summary>
/// Tries on this thread's own context switches whether the kernel rings a bell that has rung and was armed again: each wait for it is one.
/// The events of tracepoints and of context switches are turned on and off by the same code of the kernel (perf_swevent_start,
/// perf_swevent_stop).
/// </summary>
internal static class DoorbellProof
{
    private const int PatienceMilliseconds = 100;

    /// <summary>Tries it, for a millisecond where it holds.</summary>
    /// <returns>False where it does not hold, or cannot be tried.</returns>
    public static bool Try()
    {
        try
        {
            using Doorbell bell = Doorbell.OnOwnSwitches();
            return Rings(bell) && Rings(bell);
        }
        catch (SyscallException)
        {
            return false;
        }
    }

    private static bool Rings(Doorbell bell)
    {
        bell.Arm();
        var poller = new Poller(bell.Handle);
        bool rang = poller.Wait(PatienceMilliseconds) && poller.IsReady(0);
        bell.NoteRing();
        return rang;
    }
}
