using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>What the shell's job control does to a process.</summary>
internal static partial class JobControl
{
    private const int SigStop = 19; // SIGSTOP, which nothing can catch

    /// <summary>Suspends this process, as an uncaught Ctrl+Z does; returns when it is resumed.</summary>
    public static void Suspend() => _ = Kill(Environment.ProcessId, SigStop);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
