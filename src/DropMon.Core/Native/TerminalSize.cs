using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>The size of the terminal on standard output (ioctl TIOCGWINSZ). Asked anew each time, and the terminal's settings are left alone.</summary>
internal static partial class TerminalSize
{
    private const int StandardOutput = 1;
    private const ulong GetWindowSize = 0x5413; // TIOCGWINSZ
    private const int DefaultColumns = 120, DefaultRows = 30;

    /// <summary>Columns and rows; a usual size where standard output is no terminal, or one that does not tell.</summary>
    public static (int Columns, int Rows) Read() =>
        Control(StandardOutput, GetWindowSize, out WindowSize size) == 0 && size is { Columns: > 0, Rows: > 0 } ? (size.Columns, size.Rows) : (DefaultColumns, DefaultRows);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, ulong request, out WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows, Columns, PixelWidth, PixelHeight;
    }
}
