using DropMon.Sources.NetDm;

namespace DropMon.Tests.Sources.NetDm;

/// <summary>What sessions that died have left, and whether it is theirs.</summary>
public sealed class NetDmReclaimTests : SwitchTests
{
    private static readonly NetDmConfiguration New = new(DropAlertMode.Packet, 5, 55);

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
        File.WriteAllBytes(
            RecordPath, new NetDmOwnershipRecord(Theirs, new NetDmOptions().Configuration, false, false, []).ToJson("another-boot"));
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_somebody_else_has_configured_since_is_not_reclaimed(bool isOn)
    {
        Acquire();
        LetOwnerDie();
        (Kernel.IsOn, Kernel.Configuration) = (isOn, New);

        using (NetDmSwitch held = Acquire())
        {
            Assert.Equal(isOn, held.IsForeign);
            Assert.Contains(
                held.Notes, note =>
                    note.StartsWith(
                        "Another process has configured the drop monitor since DropMon did (mode Packet, truncation 5, queue 55)",
                        StringComparison.Ordinal));
        }

        Assert.Equal((isOn, New), (Kernel.IsOn, Kernel.Configuration));
        Assert.False(File.Exists(RecordPath));
    }

    [Fact]
    public void What_somebody_else_has_configured_since_and_listens_to_is_not_taken_for_a_dead_sessions()
    {
        Acquire();
        LetOwnerDie();
        (Kernel.Configuration, Listeners.Others) = (New, 1);

        using NetDmSwitch held = Acquire();

        Assert.True(held.IsForeign);
    }

    [Fact]
    public void What_a_dead_session_had_taken_over_is_on_afterwards()
    {
        Kernel.IsOn = true;
        Acquire(new NetDmOptions { Force = true });
        LetOwnerDie();

        Acquire().Dispose();

        Assert.Equal((true, Theirs), (Kernel.IsOn, Kernel.Configuration));
    }

    [Fact]
    public void What_a_dead_session_had_taken_over_and_somebody_has_turned_off_stays_off()
    {
        Kernel.IsOn = true;
        Acquire(new NetDmOptions { Force = true });
        LetOwnerDie();
        Kernel.IsOn = false;

        Acquire().Dispose();

        AssertGivenBack();
    }

    [Fact]
    public void A_session_killed_before_it_turned_the_monitor_on_leaves_a_record_that_harms_nobody()
    {
        Acquire();
        LetOwnerDie();
        (Kernel.IsOn, Kernel.Configuration) = (false, Theirs);

        NetDmSwitch held = Acquire();
        held.Dispose();

        Assert.DoesNotContain(held.Notes, note => note.StartsWith("Another process", StringComparison.Ordinal));
        AssertGivenBack();
    }
}
