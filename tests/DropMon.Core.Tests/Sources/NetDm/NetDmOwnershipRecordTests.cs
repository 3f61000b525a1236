using DropMon.Sources.NetDm;

namespace DropMon.Tests.Sources.NetDm;

public class NetDmOwnershipRecordTests
{
    private static readonly NetDmOwnershipRecord Record = new(
        new NetDmConfiguration(DropAlertMode.Packet, 96, 5000), new NetDmConfiguration(DropAlertMode.Summary, 3, 4), Hardware: true,
        TookOver: true, [new NetDmParticipant(4711, 99, "a"), NetDmParticipant.ThisProcess()]);

    [Fact]
    public void A_record_survives_the_round_trip()
    {
        NetDmOwnershipRecord read = NetDmOwnershipRecord.FromJson(Record.ToJson("boot"), "boot")!;

        Assert.Equal(Record.Participants, read.Participants);
        Assert.Equal(
            (Record.FormerConfiguration, Record.Configuration, true, true),
            (read.FormerConfiguration, read.Configuration, read.Hardware, read.TookOver));
    }

    [Fact]
    public void A_record_of_another_boot_is_none() => Assert.Null(NetDmOwnershipRecord.FromJson(Record.ToJson("boot"), "next boot"));

    [Fact]
    public void A_mode_that_no_kernel_knows_makes_it_no_record() =>
        Assert.Null(
            NetDmOwnershipRecord.FromJson(
                (Record with { FormerConfiguration = new NetDmConfiguration((DropAlertMode)9, 0, 1) }).ToJson("boot"), "boot"));

    [Fact]
    public void Damaged_records_are_none_and_raise_no_exception()
    {
        foreach (byte[] bytes in HostileBytes.Of(Record.ToJson("boot")))
        {
            _ = NetDmOwnershipRecord.FromJson(bytes, "boot");
        }
    }

    [Fact]
    public void This_process_is_alive_and_one_that_started_at_another_time_is_not()
    {
        NetDmParticipant self = NetDmParticipant.ThisProcess();

        Assert.True(self.IsAlive());
        Assert.False((self with { StartTime = self.StartTime + 1 }).IsAlive());
        Assert.False(new NetDmParticipant(int.MaxValue, 1, "").IsAlive());
    }

    [Fact]
    public void Sessions_of_one_process_are_told_apart()
    {
        NetDmParticipant one = NetDmParticipant.ThisProcess();
        NetDmParticipant other = NetDmParticipant.ThisProcess();

        Assert.Equal([other], (Record with { Participants = [] }).Join(one).Join(other).Leave(one).Participants);
    }
}
