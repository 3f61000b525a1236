using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SharpFuzz;
using SharpFuzz.Common;

namespace DropMon.Fuzz;

/// <summary>
/// Which branches of DropMon.Core an input took. SharpFuzz writes a counter into every branch of the assembly; the counters live in
/// this process, so that an input costs no process switch.
/// </summary>
internal static unsafe class Coverage
{
    private const int MapSize = 1 << 16;

    private static readonly byte[] Map = GC.AllocateArray<byte>(MapSize, pinned: true);

    /// <summary>Puts the counters into the assembly. To be called before anything of it is loaded.</summary>
    public static void Prepare()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "DropMon.Core.dll");
        try
        {
            Fuzzer.Instrument(path, static _ => true, SharpFuzz.Options.Value);
        }
        catch (InstrumentationException)
        {
            // An earlier run has put them in.
        }

        Trace.SharedMem = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(Map));
    }

    public static void Clear()
    {
        Array.Clear(Map);
        Trace.PrevLocation = 0;
    }

    /// <summary>Adds the branches taken since <see cref="Clear"/> to those seen; returns how many are new.</summary>
    public static int Merge(byte[] seen)
    {
        int fresh = 0;
        for (int i = 0; i < MapSize; i += Vector<byte>.Count)
        {
            var taken = new Vector<byte>(Map, i);
            if (taken == Vector<byte>.Zero)
            {
                continue;
            }

            for (int j = i; j < i + Vector<byte>.Count; j++)
            {
                if (Map[j] != 0 && seen[j] == 0)
                {
                    seen[j] = 1;
                    fresh++;
                }
            }
        }

        return fresh;
    }

    /// <summary>Whether any branch was taken that is not among those seen.</summary>
    public static bool HasNew(byte[] seen)
    {
        for (int i = 0; i < MapSize; i += Vector<byte>.Count)
        {
            var taken = new Vector<byte>(Map, i);
            if (Vector.GreaterThanAny(taken, Vector<byte>.Zero)
                && Vector.BitwiseAnd(
                    Vector.Equals(new Vector<byte>(seen, i), Vector<byte>.Zero),
                    Vector.GreaterThan(taken, Vector<byte>.Zero)) != Vector<byte>.Zero)
            {
                return true;
            }
        }

        return false;
    }

    public static byte[] NewSeen() => new byte[MapSize];
}
