using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DropMon.Fuzz.Targets;

/// <summary>What must hold whatever the bytes were.</summary>
internal static class Invariant
{
    /// <summary>Text that may be shown has no control characters and none that reorder it.</summary>
    public static void IsSafe(string? text)
    {
        if (text is not null && !ReferenceEquals(SafeText.Escape(text), text))
        {
            throw new InvalidOperationException($"Text that is shown holds control characters: {SafeText.Escape(text)}");
        }
    }

    /// <summary>A view that a decoder gives out lies within the bytes it was given.</summary>
    public static void IsWithin(ReadOnlySpan<byte> view, ReadOnlySpan<byte> whole)
    {
        if (view.IsEmpty)
        {
            return;
        }

        nint start = Unsafe.ByteOffset(ref MemoryMarshal.GetReference(whole), ref MemoryMarshal.GetReference(view));
        if (start < 0 || start + view.Length > whole.Length)
        {
            throw new InvalidOperationException($"A view of {view.Length} bytes begins at {start} of {whole.Length}.");
        }
    }

    public static void That(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(what);
        }
    }

    /// <summary>Reads whatever a table, a list or a file would show of an alert.</summary>
    public static void IsReadable(DropAlert alert)
    {
        _ = alert.Timestamp;
        foreach (string? text in (string?[])[alert.ToString(), alert.Type, alert.Reason, alert.ReasonSubsystem, alert.Explanation,
            alert.Function, alert.Module, alert.SourceFile, alert.Location, alert.InterfaceName, alert.Protocol, alert.ProcessName,
                alert.TrapName, alert.TrapGroup, alert.ComputerName, alert.Packet?.ToString()])
        {
            IsSafe(text);
        }

        foreach (StackFrame frame in alert.StackTrace ?? [])
        {
            IsSafe(frame.ToString());
        }
    }
}
