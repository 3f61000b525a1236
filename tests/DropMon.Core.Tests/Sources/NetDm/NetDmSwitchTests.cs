using DropMon.Native;
using DropMon.Netlink;
using DropMon.Sources.NetDm;

namespace DropMon.Tests.Sources.NetDm;

/// <summary>The switch held by one session: on with our configuration, and afterwards as it was.</summary>
public sealed class NetDmSwitchTests : SwitchTests
{
    [Fact]
    public void What_was_off_is_on_with_our_configuration_and_afterwards_as_it_was()
    {
        using (NetDmSwitch held = Acquire())
        {
            Assert.True(Kernel.IsOn);
            Assert.Equal(new NetDmOptions().Configuration, Kernel.Configuration);
            Assert.False(held.IsForeign);
            Assert.True(File.Exists(RecordPath));
        }

        AssertGivenBack();
    }

    [Fact]
    public void What_somebody_else_turned_on_is_left_alone()
    {
        Kernel.IsOn = true;

        using (NetDmSwitch held = Acquire())
        {
            Assert.True(held.IsForeign);
            Assert.Equal(Theirs, held.Configuration);
            Assert.Contains(held.Notes, note => note.Contains("listening along", StringComparison.Ordinal));
        }

        Assert.True(Kernel.IsOn);
        Assert.Equal(Theirs, Kernel.Configuration);
        Assert.DoesNotContain(NetDmCommand.Stop, Kernel.Commands);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Force_gives_back_each_part_that_was_on(bool software, bool hardware)
    {
        (Kernel.IsOn, Kernel.IsHardwareOn) = (software, hardware);

        Acquire(new NetDmOptions { Force = true }).Dispose();

        Assert.Equal((software, hardware, Theirs), (Kernel.IsOn, Kernel.IsHardwareOn, Kernel.Configuration));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Hardware_drops_that_are_missing_with_another_processs_monitor_are_noted(bool isHardwareOn, int notes)
    {
        (Kernel.IsOn, Kernel.IsHardwareOn) = (true, isHardwareOn);

        using NetDmSwitch held = Acquire(new NetDmOptions { Hardware = true });

        Assert.Equal(notes, held.Notes.Count(note => note.StartsWith("It does not report hardware drops", StringComparison.Ordinal)));
        Assert.Equal((true, isHardwareOn), (Kernel.IsOn, Kernel.IsHardwareOn));
    }

    [Fact]
    public void Force_takes_over_and_gives_back_what_was_on()
    {
        Kernel.IsOn = true;

        using (NetDmSwitch held = Acquire(new NetDmOptions { Force = true }))
        {
            Assert.False(held.IsForeign);
            Assert.Equal(new NetDmOptions().Configuration, Kernel.Configuration);
        }

        Assert.True(Kernel.IsOn);
        Assert.Equal(Theirs, Kernel.Configuration);
    }

    [Fact]
    public void A_take_over_that_fails_halfway_gives_back_what_was_on()
    {
        Kernel.IsOn = true;
        Kernel.Fails = command => command == NetDmCommand.Configure && !Kernel.IsOn ? FailOnce() : 0;

        Assert.Throws<NetlinkException>(() => Acquire(new NetDmOptions { Force = true }));

        Assert.True(Kernel.IsOn);
        Assert.Equal(Theirs, Kernel.Configuration);

        int FailOnce()
        {
            Kernel.Fails = _ => 0;
            return Errno.EINVAL;
        }
    }

    [Fact]
    public void Somebody_else_who_turned_it_on_meanwhile_is_not_disturbed_when_giving_back()
    {
        NetDmSwitch held = Acquire();
        Kernel.IsHardwareOn = true;

        held.Dispose();

        Assert.True(Kernel.IsHardwareOn);
        Assert.False(Kernel.IsOn);
    }

    [Fact]
    public void Disposing_twice_gives_back_once()
    {
        NetDmSwitch held = Acquire();
        held.Dispose();
        Kernel.IsOn = true;

        held.Dispose();

        Assert.True(Kernel.IsOn);
    }

    [Fact]
    public void A_module_unloaded_meanwhile_leaves_nothing_to_give_back()
    {
        NetDmSwitch held = Acquire();
        Kernel.Fails = _ => Errno.ENOENT;

        held.Dispose();

        Assert.False(File.Exists(RecordPath));
    }

    [Fact]
    public void What_was_taken_over_is_given_back_whoever_listens()
    {
        Kernel.IsOn = true;
        Listeners.Others = 2;

        Acquire(new NetDmOptions { Force = true }).Dispose();

        Assert.True(Kernel.IsOn);
        Assert.Equal(Theirs, Kernel.Configuration);
    }

    [Fact]
    public void A_monitor_on_for_hardware_drops_only_gains_software_drops_and_loses_them_again()
    {
        Kernel.IsHardwareOn = true;

        using (NetDmSwitch held = Acquire())
        {
            Assert.True(Kernel.IsOn);
            Assert.Equal(Theirs, held.Configuration);
            Assert.Contains(held.Notes, note => note.Contains("software drops were added", StringComparison.Ordinal));
        }

        Assert.False(Kernel.IsOn);
        Assert.True(Kernel.IsHardwareOn);
        Assert.Equal(Theirs, Kernel.Configuration);
    }

    [Fact]
    public void Whoever_comes_second_to_give_it_back_waits_until_that_is_done()
    {
        NetDmSwitch held = Acquire();
        using var isStopping = new ManualResetEventSlim();
        using var mayStop = new ManualResetEventSlim();
        Kernel.Fails = command =>
        {
            if (command == NetDmCommand.Stop)
            {
                isStopping.Set();
                mayStop.Wait(TestContext.Current.CancellationToken);
            }

            return 0;
        };
        // As when a signal arrives while the watch ends by itself.
        var signal = new Thread(held.Dispose);
        signal.Start();
        isStopping.Wait(TestContext.Current.CancellationToken);
        var end = new Thread(held.Dispose);
        end.Start();

        Assert.True(
            SpinWait.SpinUntil(() => end.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(10)), "It did not wait.");
        mayStop.Set();
        end.Join();

        AssertGivenBack();
        signal.Join();
    }

    [Fact]
    public void The_record_is_there_before_the_switch_is_turned_on()
    {
        bool? wasThere = null;
        Kernel.Fails = command =>
        {
            wasThere ??= command == NetDmCommand.Start ? File.Exists(RecordPath) : null;
            return 0;
        };

        Acquire();

        Assert.True(wasThere);
    }

    [Fact]
    public void Whoever_is_quicker_to_turn_it_on_is_listened_to()
    {
        Kernel.Fails = command =>
        {
            Kernel.IsOn |= command == NetDmCommand.Start;
            return 0;
        };

        using NetDmSwitch held = Acquire();

        Assert.True(held.IsForeign);
        Assert.False(File.Exists(RecordPath));
    }
}
