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

    private NetDmSwitch Acquire(NetDmOptions? options = null) => NetDmSwitch.AcquireLocked(_kernel.Connect(), options ?? new NetDmOptions(), new NetDmOwnership(RunFolder));

    private void AssertGivenBack()
    {
        Assert.False(_kernel.IsOn);
        Assert.Equal(Theirs, _kernel.Configuration);
        Assert.False(File.Exists(RecordPath));
    }

    // As after SIGKILL: the record names a process that is not there any more.
    private void LetOwnerDie()
    {
        string bootId = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        NetDmOwnershipRecord record = NetDmOwnershipRecord.FromJson(File.ReadAllBytes(RecordPath), bootId)!;
        File.WriteAllBytes(RecordPath, (record with { Participants = [.. record.Participants.Select(p => p with { StartTime = p.StartTime - 1 })] }).ToJson(bootId));
    }
}
