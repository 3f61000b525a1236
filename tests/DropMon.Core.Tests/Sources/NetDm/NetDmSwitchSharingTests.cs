using DropMon.Sources.NetDm;

namespace DropMon.Tests.Sources.NetDm;

/// <summary>The switch held by several sessions, and by ours while others listen.</summary>
public sealed class NetDmSwitchSharingTests : SwitchTests
{
    [Fact]
    public void The_first_of_two_sessions_to_end_does_not_end_the_other()
    {
        NetDmSwitch first = Acquire();
        NetDmSwitch second = Acquire();

        first.Dispose();
        Assert.True(Kernel.IsOn);
        second.Dispose();

        AssertGivenBack();
    }

    [Fact]
    public void Sessions_that_start_and_end_at_the_same_moment_know_of_each_other()
    {
        for (int round = 0; round < 20; round++)
        {
            NetDmSwitch[] held = AtOnce(8, _ => Acquire());
            Assert.All(held, one => Assert.False(one.IsForeign, string.Join(' ', one.Notes)));
            Assert.DoesNotContain(
                held.SelectMany(one => one.Notes), note => note.StartsWith("No record can be kept", StringComparison.Ordinal));

            AtOnce(8, i =>
            {
                held[i].Dispose();
                return i;
            });

            AssertGivenBack();
        }
    }

    [Fact]
    public void A_second_session_is_told_the_configuration_in_force()
    {
        using NetDmSwitch first = Acquire(new NetDmOptions { Mode = DropAlertMode.Summary });
        using NetDmSwitch second = Acquire();

        Assert.Contains(second.Notes, note => note.Contains("its configuration stays in force (mode Summary", StringComparison.Ordinal));
    }

    [Fact]
    public void Hardware_drops_that_somebody_else_turned_on_meanwhile_are_not_turned_off_with_ours()
    {
        NetDmSwitch first = Acquire();
        Kernel.IsHardwareOn = true;
        Acquire(new NetDmOptions { Hardware = true }).Dispose();

        first.Dispose();

        Assert.True(Kernel.IsHardwareOn);
    }

    [Fact]
    public void A_second_session_keeps_the_configuration_in_force()
    {
        using NetDmSwitch first = Acquire();
        using NetDmSwitch second = Acquire(new NetDmOptions { TruncationLength = 64 });

        Assert.Equal(new NetDmOptions().Configuration, second.Configuration);
    }

    [Fact]
    public void A_second_session_that_wants_hardware_drops_turns_them_on_and_the_last_turns_them_off()
    {
        NetDmSwitch first = Acquire();
        NetDmSwitch second = Acquire(new NetDmOptions { Hardware = true });
        Assert.True(Kernel.IsHardwareOn);

        second.Dispose();
        first.Dispose();

        Assert.False(Kernel.IsHardwareOn);
    }

    [Fact]
    public void Whoever_else_listens_keeps_it_on_and_the_next_session_tidies_up()
    {
        NetDmSwitch held = Acquire();
        Listeners.Others = 1;

        held.Dispose();

        Assert.True(Kernel.IsOn);
        Assert.Contains(held.Notes, note => note.Contains(
            "left on because other programs listen to it (one listener)", StringComparison.Ordinal));
        Listeners.Others = 0;
        Acquire().Dispose();
        AssertGivenBack();
    }

    [Fact]
    public void What_was_left_on_for_others_is_not_turned_off_under_them_by_the_next_session()
    {
        NetDmSwitch first = Acquire();
        Listeners.Others = 1;
        first.Dispose();
        Kernel.Commands.Clear();

        Acquire().Dispose();

        Assert.True(Kernel.IsOn);
        Assert.DoesNotContain(NetDmCommand.Stop, Kernel.Commands);
    }

    // On threads of their own, which all wait for the same moment.
    private static T[] AtOnce<T>(int count, Func<int, T> act)
    {
        using var start = new Barrier(count);
        var results = new T[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            results[i] = act(i);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return results;
    }
}
