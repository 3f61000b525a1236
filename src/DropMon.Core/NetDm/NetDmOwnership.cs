using DropMon.Native;

namespace DropMon.NetDm;

/// <summary>
/// Keeps the ownership record where all DropMon sessions of this boot find it. Where it cannot be written, a session knows
/// only of itself, and says so.
/// </summary>
internal sealed class NetDmOwnership(string directory)
{
    public const string DefaultDirectory = "/run/dropmon";
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private readonly string _bootId = File.ReadAllText(BootIdFile).Trim();
    private NetDmOwnershipRecord? _unwritten;
    private bool _isPrivate;

    private string RecordPath => Path.Combine(directory, "drop-monitor.json");

    /// <summary>Keeps other sessions out until disposed.</summary>
    /// <param name="notes">Gains a sentence where no record can be kept.</param>
    public IDisposable Lock(List<string> notes)
    {
        if (!_isPrivate)
        {
            try
            {
                Directory.CreateDirectory(directory);
                return FileLock.Take(Path.Combine(directory, "lock"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or SyscallException)
            {
                _isPrivate = true;
                notes.Add($"No record can be kept in {directory} ({error.Message}): if this process is killed, the drop monitor stays on, and other DropMon sessions do not know of this one.");
            }
        }

        return NoLock.Instance;
    }

    /// <summary>The record, without the sessions that have died; null where DropMon has not turned the monitor on.</summary>
    public NetDmOwnershipRecord? Read()
    {
        if (_isPrivate)
        {
            return _unwritten;
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(RecordPath);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        NetDmOwnershipRecord? record = NetDmOwnershipRecord.FromJson(bytes, _bootId);
        return record is null ? null : record with { Participants = [.. record.Participants.Where(p => p.IsAlive())] };
    }

    /// <summary>Replaces the record; null removes it.</summary>
    public void Write(NetDmOwnershipRecord? record)
    {
        if (_isPrivate)
        {
            _unwritten = record;
        }
        else if (record is null)
        {
            File.Delete(RecordPath);
        }
        else
        {
            // Whoever reads it finds the old one or the new one, never half of either.
            string fresh = RecordPath + ".new";
            File.WriteAllBytes(fresh, record.ToJson(_bootId));
            File.Move(fresh, RecordPath, overwrite: true);
        }
    }

    private sealed class NoLock : IDisposable
    {
        public static readonly NoLock Instance = new();

        public void Dispose()
        {
        }
    }
}
