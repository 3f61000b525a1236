using DropMon.Sources.NetDm;

namespace DropMon.Tests.Sources.NetDm;

/// <summary>The record that tells sessions of each other, where it is missing, damaged or cannot be kept.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class NetDmOwnershipTests : SwitchTests
{
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
    public void A_session_whose_record_cannot_be_written_goes_on_and_says_what_that_costs()
    {
        // A folder in the place of the file that is to replace the record.
        Directory.CreateDirectory(RecordPath + ".new");

        using (NetDmSwitch held = Acquire())
        {
            Assert.True(Kernel.IsOn);
            Assert.Contains(held.Notes, note => note.StartsWith("No record can be kept", StringComparison.Ordinal));
        }

        AssertGivenBack();
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
            Assert.Contains(held.Notes, note => note.Contains("is damaged and was ignored", StringComparison.Ordinal));
        }

        AssertGivenBack();
    }

    [Theory]
    [InlineData("drop-monitor.json.new")]
    [InlineData("lock")]
    [InlineData("drop-monitor.json")]
    public void A_link_that_another_user_planted_is_written_through_by_nobody_and_the_monitor_is_given_back(string name)
    {
        string target = RunFolder + "-target";
        File.WriteAllText(target, "precious");
        Directory.CreateDirectory(RunFolder);
        File.CreateSymbolicLink(Path.Combine(RunFolder, name), target);

        using (NetDmSwitch held = Acquire())
        {
            Assert.True(Kernel.IsOn);
            Assert.Equal(name != "drop-monitor.json.new", held.Notes.Any(note => note.Contains("symbolic link", StringComparison.Ordinal)
                && note.EndsWith($"Fix: sudo rm -r -- {RunFolder}/{name}", StringComparison.Ordinal)));
        }

        Assert.Equal("precious", File.ReadAllText(target));
        Assert.False(Kernel.IsOn);
        Assert.Equal(Theirs, Kernel.Configuration);
    }

    [Fact]
    public void A_folder_that_others_can_write_to_keeps_no_record_and_the_command_that_removes_it_is_said()
    {
        Directory.CreateDirectory(RunFolder);
        File.SetUnixFileMode(RunFolder, File.GetUnixFileMode(RunFolder) | UnixFileMode.OtherWrite);

        using (NetDmSwitch held = Acquire())
        {
            Assert.Contains(held.Notes, note => note.Contains($"sudo rm -r -- {RunFolder}", StringComparison.Ordinal));
        }

        AssertGivenBack();
        Assert.Empty(Directory.EnumerateFileSystemEntries(RunFolder));
    }
}
