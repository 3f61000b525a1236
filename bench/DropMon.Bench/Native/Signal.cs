using System.Runtime.InteropServices;

namespace DropMon.Bench.Native;

internal static partial class Signal
{
    private const int Interrupt = 2; // SIGINT

    /// <summary>Asks a process to end as Ctrl+C would.</summary>
    public static void SendInterrupt(int process) => _ = Kill(process, Interrupt);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
