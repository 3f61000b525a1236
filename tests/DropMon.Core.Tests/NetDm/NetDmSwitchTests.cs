using DropMon.Native;
using DropMon.NetDm;
using DropMon.Netlink;
using DropMon.Tests.Capture;

namespace DropMon.Tests.NetDm;

public sealed class NetDmSwitchTests : IDisposable
{
    private static readonly NetDmConfiguration Theirs = new(DropAlertMode.Summary, 7, 77);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeDropMonitor _kernel = new() { Configuration = Theirs };

    private readonly FakeAudience _audience = new();

    private string RunFolder => _folder.File("run");

    private string RecordPath => Path.Combine(RunFolder, "drop-monitor.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_off_is_on_with_our_configuration_and_afterwards_as_it_was()
    {
        using (NetDmSwitch held = Acquire())
        {
            Assert.True(_kernel.IsOn);
            Assert.Equal(new NetDmOptions().Configuration, _kernel.Configuration);
            Assert.False(held.IsForeign);
            Assert.True(File.Exists(RecordPath));
        }

        AssertGivenBack();
    }

    [Fact]
    public void What_somebody_else_turned_on_is_left_alone()
    {
        _kernel.IsOn = true;

        using (NetDmSwitch held = Acquire())
        {
            Assert.True(held.IsForeign);
            Assert.Equal(Theirs, held.Configuration);
            Assert.Contains(held.Notes, note => note.Contains("listening along", StringComparison.Ordinal));
        }

        Assert.True(_kernel.IsOn);
        Assert.Equal(Theirs, _kernel.Configuration);
        Assert.DoesNotContain(NetDmCommand.Stop, _kernel.Commands);
    }

    [Fact]
    public void Force_takes_over_and_gives_back_what_was_on()
    {
        _kernel.IsOn = true;

        using (NetDmSwitch held = Acquire(new NetDmOptions { Force = true }))
        {
            Assert.False(held.IsForeign);
            Assert.Equal(new NetDmOptions().Configuration, _kernel.Configuration);
        }

        Assert.True(_kernel.IsOn);
        Assert.Equal(Theirs, _kernel.Configuration);
    }

    [Fact]
    public void A_take_over_that_fails_halfway_gives_back_what_was_on()
    {
        _kernel.IsOn = true;
        _kernel.Fails = command => command == NetDmCommand.Configure && !_kernel.IsOn ? FailOnce() : 0;

        Assert.Throws<NetlinkException>(() => Acquire(new NetDmOptions { Force = true }));

        Assert.True(_kernel.IsOn);
        Assert.Equal(Theirs, _kernel.Configuration);

        int FailOnce()
        {
            _kernel.Fails = _ => 0;
            return Errno.EINVAL;
        }
    }

    [Fact]
    public void The_first_of_two_sessions_to_end_does_not_end_the_other()
    {
        NetDmSwitch first = Acquire();
        NetDmSwitch second = Acquire();

        first.Dispose();
        Assert.True(_kernel.IsOn);
        second.Dispose();

        AssertGivenBack();
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
        Assert.True(_kernel.IsHardwareOn);

        second.Dispose();
        first.Dispose();

        Assert.False(_kernel.IsHardwareOn);
    }

    [Fact]
    public void Who_joins_a_session_whose_monitor_was_turned_off_behind_its_back_turns_it_on()
    {
        using NetDmSwitch first = Acquire();
        _kernel.IsOn = false;

        using NetDmSwitch second = Acquire();

        Assert.True(_kernel.IsOn);
        Assert.Contains(second.Notes, note => note.Contains("on again", StringComparison.Ordinal));
    }

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
        _kernel.IsOn = true;

        using NetDmSwitch held = Acquire();

        Assert.True(held.IsForeign);
    }

    [Fact]
    public void Without_a_folder_for_the_record_it_works_and_says_what_that_costs()
    {
        File.WriteAllText(RunFolder, "in the way");

        using (NetDmSwitch held = Acquire())
        {
            Assert.Contains(held.Notes, note => note.StartsWith("No record can be kept", StringComparison.Ordinal));
        }

        AssertGivenBack();
    }

    [Fact]
    public void A_record_that_vanished_does_not_keep_the_monitor_on()
    {
        NetDmSwitch held = Acquire();
        Directory.Delete(RunFolder, recursive: true);

        held.Dispose();

        AssertGivenBack();
    }

    [Fact]
    public void A_folder_that_became_unusable_does_not_keep_the_monitor_on()
    {
        NetDmSwitch held = Acquire();
        Directory.Delete(RunFolder, recursive: true);
        File.WriteAllText(RunFolder, "in the way");

        held.Dispose();

        AssertGivenBack();
    }

    [Fact]
    public void A_record_that_cannot_be_written_leaves_the_kernel_as_it_was()
    {
        // A folder in the place of the file that is to replace the record.
        Directory.CreateDirectory(RecordPath + ".new");

        Assert.ThrowsAny<Exception>(() => Acquire());

        Assert.False(_kernel.IsOn);
        Assert.Equal(Theirs, _kernel.Configuration);
    }

    [Fact]
    public void Somebody_else_who_turned_it_on_meanwhile_is_not_disturbed_when_giving_back()
    {
        NetDmSwitch held = Acquire();
        _kernel.IsHardwareOn = true;

        held.Dispose();

        Assert.True(_kernel.IsHardwareOn);
        Assert.False(_kernel.IsOn);
    }

    [Fact]
    public void Disposing_twice_gives_back_once()
    {
        NetDmSwitch held = Acquire();
        held.Dispose();
        _kernel.IsOn = true;

        held.Dispose();

        Assert.True(_kernel.IsOn);
    }

    [Fact]
    public void A_module_unloaded_meanwhile_leaves_nothing_to_give_back()
    {
        NetDmSwitch held = Acquire();
        _kernel.Fails = _ => Errno.ENOENT;

        held.Dispose();

        Assert.False(File.Exists(RecordPath));
    }

    [Fact]
    public void Whoever_else_listens_keeps_it_on_and_the_next_session_tidies_up()
    {
        NetDmSwitch held = Acquire();
        _audience.Others = 1;

        held.Dispose();

        Assert.True(_kernel.IsOn);
        Assert.Contains(held.Notes, note => note.Contains("left on, since others listen to it (one listener)", StringComparison.Ordinal));
        _audience.Others = 0;
        Acquire().Dispose();
        AssertGivenBack();
    }

    [Fact]
    public void What_was_left_on_for_others_is_not_turned_off_under_them_by_the_next_session()
    {
        NetDmSwitch first = Acquire();
        _audience.Others = 1;
        first.Dispose();
        _kernel.Commands.Clear();

        Acquire().Dispose();

        Assert.True(_kernel.IsOn);
        Assert.DoesNotContain(NetDmCommand.Stop, _kernel.Commands);
    }

    [Fact]
    public void What_was_taken_over_is_given_back_whoever_listens()
    {
        _kernel.IsOn = true;
        _audience.Others = 2;

        Acquire(new NetDmOptions { Force = true }).Dispose();

        Assert.True(_kernel.IsOn);
        Assert.Equal(Theirs, _kernel.Configuration);
    }

    [Fact]
    public void A_monitor_on_for_hardware_drops_only_gains_software_drops_and_loses_them_again()
    {
        _kernel.IsHardwareOn = true;

        using (NetDmSwitch held = Acquire())
        {
            Assert.True(_kernel.IsOn);
            Assert.Equal(Theirs, held.Configuration);
            Assert.Contains(held.Notes, note => note.Contains("software drops were added", StringComparison.Ordinal));
        }

        Assert.False(_kernel.IsOn);
        Assert.True(_kernel.IsHardwareOn);
        Assert.Equal(Theirs, _kernel.Configuration);
    }

    [Fact]
    public void Turned_off_behind_its_back_it_is_turned_on_again_with_the_same_configuration()
    {
        using NetDmSwitch held = Acquire();
        _kernel.IsOn = false;
        _kernel.Configuration = Theirs;

        Assert.Same(held, held.Renew());

        Assert.True(_kernel.IsOn);
        Assert.Equal(held.Configuration, _kernel.Configuration);
    }

    [Fact]
    public void One_that_listened_along_turns_it_on_for_itself_once_the_other_has_turned_it_off()
    {
        _kernel.IsOn = true;
        using NetDmSwitch along = Acquire();
        _kernel.IsOn = false;

        using (NetDmSwitch own = along.Renew())
        {
            Assert.False(own.IsForeign);
            Assert.True(_kernel.IsOn);
        }

        AssertGivenBack();
    }

    [Fact]
    public void One_that_was_given_back_is_not_turned_on_again()
    {
        NetDmSwitch held = Acquire();
        held.Dispose();

        held.Renew();

        Assert.False(_kernel.IsOn);
    }

    [Fact]
    public void Whoever_comes_second_to_give_it_back_waits_until_that_is_done()
    {
        NetDmSwitch held = Acquire();
        using var isStopping = new ManualResetEventSlim();
        using var mayStop = new ManualResetEventSlim();
        _kernel.Fails = command =>
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

        Assert.True(SpinWait.SpinUntil(() => end.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(10)), "It did not wait.");
        mayStop.Set();
        end.Join();

        AssertGivenBack();
        signal.Join();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1,2]")]
    [InlineData("")]
    public void A_damaged_record_is_passed_over_and_said(string text)
    {
        Directory.CreateDirectory(RunFolder);
        File.WriteAllText(RecordPath, text);

        using (NetDmSwitch held = Acquire())
        {
            Assert.Contains(held.Notes, note => note.Contains("is damaged and was passed over", StringComparison.Ordinal));
        }

        AssertGivenBack();
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

        Assert.True(_kernel.IsOn);
        Acquire(new NetDmOptions { Force = true }).Dispose();
        AssertGivenBack();
    }

    private NetDmSwitch Acquire(NetDmOptions? options = null) => NetDmSwitch.AcquireLocked(_kernel.Connect(), options ?? new NetDmOptions(), new NetDmOwnership(RunFolder), _audience);

    private void AssertGivenBack()
    {
        Assert.False(_kernel.IsOn);
        Assert.Equal(Theirs, _kernel.Configuration);
        Assert.False(File.Exists(RecordPath));
    }

    // As after SIGKILL: the record names a process that is not there any more.
    private void LetOwnerDie() => Rewrite(p => p with { StartTime = p.StartTime - 1 });

    private void MoveOwnerElsewhere() => Rewrite(p => p with { ProcessNamespace = "pid:[1]" });

    private void Rewrite(Func<NetDmParticipant, NetDmParticipant> change)
    {
        string bootId = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        NetDmOwnershipRecord record = NetDmOwnershipRecord.FromJson(File.ReadAllBytes(RecordPath), bootId)!;
        File.WriteAllBytes(RecordPath, (record with { Participants = [.. record.Participants.Select(change)] }).ToJson(bootId));
    }

    private sealed class FakeAudience : INetDmAudience
    {
        public int Others { get; set; }

        public int CountOthers() => Others;
    }
}
