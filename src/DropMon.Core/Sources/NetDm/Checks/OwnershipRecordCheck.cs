using DropMon.Monitoring.Preflight;
using DropMon.Native;
using DropMon.Text;

namespace DropMon.Sources.NetDm.Checks;

/// <summary>
/// Whether the record of the drop monitor's owner can be kept: without it nothing cleans up after a session that was killed.
/// </summary>
internal sealed class OwnershipRecordCheck : IPreflightCheck
{
    public string Name => "OwnershipRecord";

    public PreflightResult Run(PreflightContext context)
    {
        try
        {
            // A folder that another user made is not used, and making it once more does not help.
            using var folder = TrustedFolder.Open(NetDmOwnership.DefaultDirectory, create: false);
        }
        catch (UntrustedFileException error)
        {
            return new PreflightResult(Name, PreflightStatus.Warning, error.Message, error.Remedy);
        }
        catch (SyscallException)
        {
            // Why it cannot be opened, or made, comes next.
        }

        var notes = new List<string>();
        using IDisposable held = new NetDmOwnership(NetDmOwnership.DefaultDirectory).Lock(notes);
        return notes.Count == 0
            ? new PreflightResult(Name, PreflightStatus.Passed, $"{NetDmOwnership.DefaultDirectory} is writable.")
            : new PreflightResult(
                Name, PreflightStatus.Warning, notes[0],
                $"sudo install -d -o {ShellQuote.Word(Environment.UserName)} {NetDmOwnership.DefaultDirectory}");
    }
}
