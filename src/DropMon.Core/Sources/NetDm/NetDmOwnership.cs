using DropMon.Native;

namespace DropMon.Sources.NetDm;

/// <summary>
/// Keeps the ownership record where all DropMon sessions of this boot find it. Where it cannot be written, a session knows
/// only of itself, and says so.
/// </summary>
internal sealed class NetDmOwnership(string directory)
{
    public const string DefaultDirectory = "/run/dropmon";
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private static readonly TimeSpan MostLockTime = TimeSpan.FromSeconds(20);

    private readonly string _bootId = File.ReadAllText(BootIdFile).Trim();
    private NetDmOwnershipRecord? _lastKnown;
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
                System.IO.Directory.CreateDirectory(directory);
                string path = Path.Combine(directory, "lock");
                if (FileLock.TryTake(path, MostLockTime) is { } held)
                {
                    return held;
                }

                notes.Add($"Somebody has held {path} for {MostLockTime.TotalSeconds:0} seconds, perhaps a DropMon session that is stopped: this one did not wait longer.");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or SyscallException)
            {
                NoteNoRecord(notes, error);
            }
        }

        return NoLock.Instance;
    }

    /// <summary>Where the record is kept.</summary>
    public string Directory => directory;

    /// <summary>The record, without the sessions that have died; null where DropMon has not turned the monitor on.</summary>
    /// <param name="notes">Gains a sentence where there is a record that cannot be used.</param>
    public NetDmOwnershipRecord? Read(List<string> notes)
    {
        if (!_isPrivate)
        {
            try
            {
                byte[] bytes = File.ReadAllBytes(RecordPath);
                NetDmOwnershipRecord? record = NetDmOwnershipRecord.FromJson(bytes, _bootId);
                if (record is null && !NetDmOwnershipRecord.IsOfAnotherBoot(bytes, _bootId))
                {
                    notes.Add($"The record {RecordPath} is damaged and was passed over: whether DropMon turned the drop monitor on cannot be told.");
                }

                _lastKnown = record is null ? null : record with { Participants = [.. record.Participants.Where(p => p.IsAlive())] };
            }
            catch (FileNotFoundException)
            {
                _lastKnown = null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _isPrivate = true;
                notes.Add($"The record {RecordPath} cannot be read ({error.Message}): other DropMon sessions and this one do not know of each other.");
            }
        }

        return _lastKnown;
    }

    /// <summary>Replaces the record. Where that cannot be done, this session goes on without.</summary>
    /// <param name="record">The new one.</param>
    /// <param name="notes">Gains a sentence where it cannot.</param>
    public void Keep(NetDmOwnershipRecord record, List<string> notes)
    {
        try
        {
            Write(record);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            NoteNoRecord(notes, error);
        }
    }

    /// <summary>Replaces the record; null removes it.</summary>
    public void Write(NetDmOwnershipRecord? record)
    {
        _lastKnown = record;
        if (_isPrivate)
        {
            return;
        }

        if (record is null)
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

    // From now on what was known last counts: without descriptors, say, what is on must still be turned off.
    private void NoteNoRecord(List<string> notes, Exception error)
    {
        _isPrivate = true;
        notes.Add($"No record can be kept in {directory} ({error.Message}): if this process is killed, the drop monitor stays on, and other DropMon sessions do not know of this one.");
    }

    private sealed class NoLock : IDisposable
    {
        public static readonly NoLock Instance = new();

        public void Dispose()
        {
        }
    }
}
