using System.Text;
using DropMon.Native;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Cli;

/// <summary>Handles standard streams that the parent process has closed.</summary>
internal static class StandardStreams
{
    private const int Output = 1;
    private const int Error = 2;

    /// <summary>
    /// Call it first. Without standard error the command runs and writes nothing there; without standard output it cannot do its work.
    /// </summary>
    /// <returns>Whether there is a standard output.</returns>
    public static bool Prepare()
    {
        bool hasOutput = StandardDescriptors.IsInherited(Output);
        bool hasError = StandardDescriptors.IsInherited(Error);
        StandardDescriptors.FillGaps();
        if (!hasError)
        {
            Console.SetError(TextWriter.Null);
        }

        if (!hasOutput)
        {
            Console.SetOut(TextWriter.Null);
        }

        return hasOutput;
    }

    /// <summary>Writes to standard error past the console, which may be waiting for another thread, or not be made yet.</summary>
    public static void WriteRawError(string text)
    {
        if (StandardDescriptors.IsInherited(Error))
        {
            using var error = new FileStream(new SafeFileHandle(Error, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            error.Write(Encoding.UTF8.GetBytes(text));
        }
    }
}
