using DropMon.Sources.NetDm;

namespace DropMon.Tests.Sources.NetDm;

/// <summary>The switch turned off behind the back of a session that runs.</summary>
public sealed class NetDmSwitchRenewalTests : SwitchTests
{
    [Fact]
    public void Who_joins_a_session_whose_monitor_was_turned_off_behind_its_back_turns_it_on()
    {
        using NetDmSwitch first = Acquire();
        Kernel.IsOn = false;

        using NetDmSwitch second = Acquire();

        Assert.True(Kernel.IsOn);
        Assert.Contains(second.Notes, note => note.Contains("on again", StringComparison.Ordinal));
    }

    [Fact]
    public void Turned_off_behind_its_back_it_is_turned_on_again_with_the_same_configuration()
    {
        using NetDmSwitch held = Acquire();
        Kernel.IsOn = false;
        Kernel.Configuration = Theirs;

        Assert.Same(held, held.Renew());

        Assert.True(Kernel.IsOn);
        Assert.Equal(held.Configuration, Kernel.Configuration);
    }

    [Fact]
    public void One_that_listened_along_turns_it_on_for_itself_once_the_other_has_turned_it_off()
    {
        Kernel.IsOn = true;
        using NetDmSwitch along = Acquire();
        Kernel.IsOn = false;

        using (NetDmSwitch own = along.Renew())
        {
            Assert.False(own.IsForeign);
            Assert.True(Kernel.IsOn);
        }

        AssertGivenBack();
    }

    [Fact]
    public void One_that_was_given_back_is_not_turned_on_again()
    {
        NetDmSwitch held = Acquire();
        held.Dispose();

        held.Renew();

        Assert.False(Kernel.IsOn);
    }

    [Fact]
    public void What_somebody_has_configured_before_it_was_turned_on_again_is_what_he_gets_back()
    {
        var configuredSince = new NetDmConfiguration(DropAlertMode.Packet, 5, 55);
        NetDmSwitch held = Acquire();
        (Kernel.IsOn, Kernel.Configuration) = (false, configuredSince);

        held.Renew();
        Assert.Equal((true, held.Configuration), (Kernel.IsOn, Kernel.Configuration));
        held.Dispose();

        Assert.Equal((false, configuredSince), (Kernel.IsOn, Kernel.Configuration));
    }

    [Fact]
    public void What_somebody_has_configured_and_turned_on_for_himself_is_left_alone()
    {
        var configuredSince = new NetDmConfiguration(DropAlertMode.Packet, 5, 55);
        NetDmSwitch held = Acquire();
        Kernel.Configuration = configuredSince;

        held.Dispose();

        Assert.Equal((true, configuredSince), (Kernel.IsOn, Kernel.Configuration));
        Assert.Contains(
            held.Notes, note => note.StartsWith("Another process has configured the drop monitor since", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_taken_over_and_its_owner_then_turned_off_is_off_afterwards(bool noticed)
    {
        Kernel.IsOn = true;
        NetDmSwitch held = Acquire(new NetDmOptions { Force = true });
        Kernel.IsOn = false;
        if (noticed)
        {
            held.Renew();
        }

        held.Dispose();

        AssertGivenBack();
    }

    [Fact]
    public void A_record_that_cannot_be_brought_up_to_date_does_not_keep_it_from_being_turned_on_again()
    {
        using NetDmSwitch held = Acquire();
        Directory.CreateDirectory(RecordPath + ".new");
        Kernel.IsOn = false;

        held.Renew();

        Assert.True(Kernel.IsOn);
        Assert.Contains(held.Notes, note => note.Contains("could not be updated", StringComparison.Ordinal));
    }
}
