using DropMon.Native;

namespace DropMon.Sources.Ebpf;

/// <summary>A word that the reader and the program share: while it is not 0, the next event wakes the reader, once.</summary>
internal sealed unsafe class WakeUpWord : IDisposable
{
    private readonly MemoryMapping _mapping;

    public WakeUpWord()
    {
        Map = Bpf.CreateMap(Bpf.MapTypeArray, sizeof(uint), sizeof(ulong), 1, Bpf.FlagMappable);
        try
        {
            _mapping = new MemoryMapping(Map, (nuint)Environment.SystemPageSize, "a word shared with a BPF program");
        }
        catch
        {
            Map.Dispose();
            throw;
        }
    }

    public SafeFileDescriptor Map { get; }

    /// <summary>Asks to be woken. Look at the ring again after this: what came before rings no bell.</summary>
    public void Arm()
    {
        Volatile.Write(ref *(ulong*)_mapping.Address, 1);
        Interlocked.MemoryBarrier();
    }

    public void Disarm() => Volatile.Write(ref *(ulong*)_mapping.Address, 0);

    public void Dispose()
    {
        _mapping.Dispose();
        Map.Dispose();
    }
}
