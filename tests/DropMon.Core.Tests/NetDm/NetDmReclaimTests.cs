using DropMon.NetDm;

namespace DropMon.Tests.NetDm;

/// <summary>What sessions that died have left, and whether it is theirs.</summary>
public sealed class NetDmReclaimTests : SwitchTests
{
    [Fact]
    public void What_a_dead_session_left_on_is_reclaimed()
    {
        Acquire();
        LetOwnerDie();

        using (NetDmSwitch held = Acquire())
        {
            Assert.Contains(held.Notes, note => note.Contains("reclaimed", StringComparison.Ordinal));
        }

        AssertGivenBack();
    }

    [Fact]
    public void A_record_of_an_earlier_boot_means_nothing()
    {
        Acquire().Dispose();
        Directory.CreateDirectory(RunFolder);
        File.WriteAllBytes(RecordPath, new NetDmOwnershipRecord(Theirs, false, false, []).ToJson("another-boot"));
        Kernel.IsOn = true;

        using NetDmSwitch held = Acquire();

        Assert.True(held.IsForeign);
    }

    [Fact]
    public void A_session_in_another_process_namespace_counts_as_alive_until_force()
    {
        Acquire();
        MoveOwnerElsewhere();

        using (NetDmSwitch along = Acquire())
        {
            Assert.Contains(along.Notes, note => note.StartsWith("Another DropMon session", StringComparison.Ordinal));
        }

        Assert.True(Kernel.IsOn);
        Acquire(new NetDmOptions { Force = true }).Dispose();
        AssertGivenBack();
    }
}
