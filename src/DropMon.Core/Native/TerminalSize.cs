using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>
/// The size of the terminal on standard output (ioctl TIOCGWINSZ). Asked anew each time, and the terminal's settings are left alone.
/// </summary>
internal static partial class TerminalSize
{
    private const int StandardOutput = 1;
    private const ulong GetWindowSize = 0x5413; // TIOCGWINSZ
    private const int DefaultColumns = 120, DefaultRows = 30;

    /// <summary>Columns and rows; a usual number where standard output is no terminal, or one that does not tell this of the two.</summary>
    public static (int Columns, int Rows) Read()
    {
        bool known = Control(StandardOutput, GetWindowSize, out WindowSize size) == 0;
        return (known && size.Columns > 0 ? size.Columns : DefaultColumns, known && size.Rows > 0 ? size.Rows : DefaultRows);
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, ulong request, out WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows, Columns, PixelWidth, PixelHeight;
    }
}
