using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DropMon.KernelTests.Native;

/// <summary>kill(2).</summary>
internal static partial class Signals
{
    public const int Hangup = 1; // SIGHUP
    public const int Interrupt = 2; // SIGINT
    public const int Kill = 9; // SIGKILL
    public const int Stop = 19; // SIGSTOP
    public const int Continue = 18; // SIGCONT
    public const int Terminate = 15; // SIGTERM

    public static void Send(int process, int signal)
    {
        if (SendSignal(process, signal) < 0)
        {
            throw new Win32Exception();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
