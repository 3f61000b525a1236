using DropMon.NetDm;

namespace DropMon.Tests.NetDm;

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
}
