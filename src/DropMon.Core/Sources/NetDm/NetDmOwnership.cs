using DropMon.Native;

namespace DropMon.Sources.NetDm;

/// <summary>
/// Keeps the ownership record where all DropMon sessions of this boot find it. Where it cannot be written, a session knows
/// only of itself, and says so.
/// </summary>
internal sealed class NetDmOwnership(string directory)
{
    public const string DefaultDirectory = "/run/dropmon";
    private const string RecordName = "drop-monitor.json";
    private const string LockName = "lock";
    private const int MostRecordBytes = 64 * 1024;
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private static readonly TimeSpan MostLockTime = TimeSpan.FromSeconds(20);

    private readonly string _bootId = File.ReadAllText(BootIdFile).Trim();
    private NetDmOwnershipRecord? _lastKnown;
    private bool _isPrivate;

    private string RecordPath => Path.Combine(directory, RecordName);

    /// <summary>Keeps other sessions out until disposed.</summary>
    /// <param name="notes">Gains a sentence where no record can be kept.</param>
    public IDisposable Lock(List<string> notes)
    {
        if (!_isPrivate)
        {
            try
            {
                using TrustedFolder folder = TrustedFolder.Open(directory, create: true);
                if (FileLock.TryTake(folder, LockName, MostLockTime) is { } held)
                {
                    return held;
                }

                notes.Add(
                    $"Another process has held {directory}/{LockName} for {MostLockTime.TotalSeconds:0} seconds, perhaps a suspended " +
                    "DropMon session: this session stopped waiting.");
            }
            catch (Exception error) when (IsFailure(error))
            {
                NoteNoRecord(notes, error);
            }
        }

        return NoLock.Instance;
    }

    /// <summary>Whether it is an error of keeping the record, without which a session goes on.</summary>
    public static bool IsFailure(Exception error) =>
        error is IOException or UnauthorizedAccessException or SyscallException or UntrustedFileException;

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
                using TrustedFolder folder = TrustedFolder.Open(directory, create: false);
                byte[]? bytes = folder.Read(RecordName, MostRecordBytes);
                NetDmOwnershipRecord? record = bytes is null ? null : NetDmOwnershipRecord.FromJson(bytes, _bootId);
                if (bytes is not null && record is null && !NetDmOwnershipRecord.IsOfAnotherBoot(bytes, _bootId))
                {
                    notes.Add($"The record {RecordPath} is damaged and was ignored: whether DropMon enabled the drop monitor is unknown.");
                }

                _lastKnown = record is null ? null : record with { Participants = [.. record.Participants.Where(p => p.IsAlive())] };
            }
            catch (SyscallException error) when (error.Errno == Errno.ENOENT)
            {
                _lastKnown = null;
            }
            catch (Exception error) when (IsFailure(error))
            {
                _isPrivate = true;
                notes.Add(
                    $"The record {RecordPath} cannot be read ({error.Message}): other DropMon sessions and this one do not see each " +
                    $"other.{AdviceOf(error)}");
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
        catch (Exception error) when (IsFailure(error))
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

        using TrustedFolder folder = TrustedFolder.Open(directory, create: false);
        if (record is null)
        {
            folder.Delete(RecordName);
        }
        else
        {
            folder.Write(RecordName, record.ToJson(_bootId));
        }
    }

    // From now on what was known last counts: without descriptors, say, what is on must still be turned off.
    private void NoteNoRecord(List<string> notes, Exception error)
    {
        _isPrivate = true;
        notes.Add(
            $"No record can be kept in {directory} ({error.Message}): if this process is killed, the drop monitor stays on, and other " +
            $"DropMon sessions do not see this one.{AdviceOf(error)}");
    }

    private static string AdviceOf(Exception error) => error is DropMonException { Advice: { } fix } ? $" {fix}" : "";

    private sealed class NoLock : IDisposable
    {
        public static readonly NoLock Instance = new();

        public void Dispose()
        {
        }
    }
}
