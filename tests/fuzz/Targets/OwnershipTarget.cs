using System.Text;
using DropMon.Sources.NetDm;

namespace DropMon.Fuzz.Targets;

/// <summary>The record of who turned the drop monitor on.</summary>
internal sealed class OwnershipTarget : FuzzTarget
{
    private const string BootId = "b00f1d";

    public override string Name => "ownership";

    public override int Share => 12;

    public override IEnumerable<byte[]> Seeds =>
    [
        new NetDmOwnershipRecord(
            NetDmConfiguration.KernelDefault, new NetDmConfiguration(DropAlertMode.Packet, 256, 1000), true, false,
            [new NetDmParticipant(42, 4242, "abc"), new NetDmParticipant(43, 1, "def")]).ToJson(BootId),
        new NetDmOwnershipRecord(NetDmConfiguration.KernelDefault, NetDmConfiguration.KernelDefault, false, true, []).ToJson(BootId),
    ];

    public override IEnumerable<byte[]> Tokens =>
        Array.ConvertAll(["null", "[]", "{}", "-1", "1e99", "true", "\"pid\":", "\"participants\":"], Encoding.UTF8.GetBytes);

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (NetDmOwnershipRecord.FromJson(input.ToArray(), BootId) is { } record)
        {
            // What was understood can be written and understood again.
            NetDmOwnershipRecord? again = NetDmOwnershipRecord.FromJson(record.ToJson(BootId), BootId);
            Invariant.That(
                again is not null
                    && again.FormerConfiguration == record.FormerConfiguration
                    && again.Participants.SequenceEqual(record.Participants), "The record did not survive being written.");
        }
    }
}
