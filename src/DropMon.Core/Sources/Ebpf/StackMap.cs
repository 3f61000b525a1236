using System.Globalization;
using System.Runtime.InteropServices;
using DropMon.Native;

namespace DropMon.Sources.Ebpf;

/// <summary>
/// The stacks that the program recorded, each once, by number. The kernel keeps what a number stands for, so it is read once. For the
/// source's thread.
/// </summary>
internal sealed class StackMap : IDisposable
{
    private const int MostStacks = 16384;
    private const int MostFrames = 127; // PERF_MAX_STACK_DEPTH
    private const string FrameLimit = "/proc/sys/kernel/perf_event_max_stack";

    private readonly Dictionary<uint, ulong[]> _stacks = [];
    private readonly byte[] _frames;
    private volatile bool _missed;

    /// <exception cref="SyscallException">The kernel refused the map.</exception>
    public StackMap()
    {
        _frames = new byte[ReadMostFrames() * sizeof(ulong)];
        Map = Bpf.CreateMap(Bpf.MapTypeStackTrace, sizeof(uint), (uint)_frames.Length, MostStacks);
    }

    public SafeFileDescriptor Map { get; }

    /// <summary>Whether a drop had no stack: the map was full, or two stacks had one place in it.</summary>
    public bool HasMissed => _missed;

    /// <summary>The return addresses of a stack, innermost first; empty where the kernel recorded none.</summary>
    /// <param name="number">What the program got; negative for an error.</param>
    public ReadOnlySpan<ulong> Find(int number)
    {
        if (number < 0)
        {
            _missed = true;
            return [];
        }

        if (!_stacks.TryGetValue((uint)number, out ulong[]? stack))
        {
            _stacks.Add((uint)number, stack = Read((uint)number));
        }

        return stack;
    }

    public void Dispose() => Map.Dispose();

    private ulong[] Read(uint number)
    {
        try
        {
            Bpf.ReadValue(Map, number, _frames);
        }
        catch (SyscallException)
        {
            _missed = true;
            return [];
        }

        ReadOnlySpan<ulong> frames = MemoryMarshal.Cast<byte, ulong>(_frames);
        int end = frames.IndexOf(0UL);
        return (end < 0 ? frames : frames[..end]).ToArray();
    }

    // The kernel refuses a map with more.
    private static int ReadMostFrames() =>
        KernelFile.Read(FrameLimit, 64, CancellationToken.None) is { } text
        && int.TryParse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int limit)
        && limit is > 0 and < MostFrames
            ? limit
            : MostFrames;
}
