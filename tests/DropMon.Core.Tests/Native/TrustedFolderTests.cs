using System.Diagnostics;
using DropMon.Native;
using DropMon.Tests.Files;

namespace DropMon.Tests.Native;

/// <summary>What another user may have planted below /run is neither opened nor waited for.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class TrustedFolderTests : IDisposable
{
    private const int ForeignUser = 65534;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _root = new();

    private string Run => _root.File("run");

    private string Target => _root.File("target");

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_folder_that_is_missing_is_made_and_nobody_else_can_write_to_it()
    {
        TrustedFolder.Open(Run, create: true).Dispose();

        Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(Run) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
    }

    [Fact]
    public void A_missing_folder_is_an_error_that_names_it_where_none_is_to_be_made() =>
        Assert.Contains(Run, Assert.Throws<SyscallException>(() => TrustedFolder.Open(Run, create: false)).Message);

    [Fact]
    public void A_link_in_the_place_of_the_folder_is_refused_with_the_command_that_removes_it()
    {
        Directory.CreateDirectory(Target);
        Directory.CreateSymbolicLink(Run, Target);

        var error = Assert.Throws<UntrustedFileException>(() => TrustedFolder.Open(Run, create: true));

        Assert.Contains("symbolic link", error.Message);
        Assert.Equal($"sudo rm -r -- {Run}", error.Remedy);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_folder_that_others_can_write_to_is_refused(UnixFileMode mode)
    {
        Directory.CreateDirectory(Run);
        File.SetUnixFileMode(Run, File.GetUnixFileMode(Run) | mode);

        Assert.Contains(
            "other users can write to it", Assert.Throws<UntrustedFileException>(() => TrustedFolder.Open(Run, create: true)).Message);
    }

    [Fact]
    public void A_folder_of_another_user_is_refused_and_he_is_named()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a folder away");
        Directory.CreateDirectory(Run);
        GiveAway(Run);

        Assert.Contains($"{ForeignUser}", Assert.Throws<UntrustedFileException>(() => TrustedFolder.Open(Run, create: true)).Message);
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("drop-monitor.json")]
    public void A_link_in_the_place_of_a_file_is_refused_and_what_it_points_to_stays(string name)
    {
        using TrustedFolder folder = TrustedFolder.Open(Run, create: true);
        File.WriteAllText(Target, "precious");
        File.CreateSymbolicLink(Path.Combine(Run, name), Target);

        Assert.Throws<UntrustedFileException>(() => FileLock.TryTake(folder, name, TimeSpan.Zero));
        Assert.Throws<UntrustedFileException>(() => folder.Read(name, 100));
        folder.Write(name, "fresh"u8);

        Assert.Equal("precious", File.ReadAllText(Target));
        Assert.Equal("fresh"u8.ToArray(), folder.Read(name, 100));
    }

    [Fact]
    public void A_link_in_the_place_of_the_new_file_is_removed_and_not_written_through()
    {
        using TrustedFolder folder = TrustedFolder.Open(Run, create: true);
        File.WriteAllText(Target, "precious");
        File.CreateSymbolicLink(Path.Combine(Run, "record.new"), Target);

        folder.Write("record", "fresh"u8);

        Assert.Equal("precious", File.ReadAllText(Target));
        Assert.Null(new FileInfo(Path.Combine(Run, "record")).LinkTarget);
        Assert.Equal("fresh"u8.ToArray(), folder.Read("record", 100));
    }

    [Fact]
    public void A_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for()
    {
        using TrustedFolder folder = TrustedFolder.Open(Run, create: true);
        Start("mkfifo", Path.Combine(Run, "lock"));

        Assert.Contains(
            "not a regular file", Assert.Throws<UntrustedFileException>(() => FileLock.TryTake(folder, "lock", TimeSpan.Zero)).Message);
        Assert.Contains("not a regular file", Assert.Throws<UntrustedFileException>(() => folder.Read("lock", 100)).Message);
    }

    [Fact]
    public void A_file_of_another_user_is_refused()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a file away");
        using TrustedFolder folder = TrustedFolder.Open(Run, create: true);
        File.WriteAllText(Path.Combine(Run, "lock"), "");
        GiveAway(Path.Combine(Run, "lock"));

        Assert.Throws<UntrustedFileException>(() => FileLock.TryTake(folder, "lock", TimeSpan.Zero));
        Assert.Throws<UntrustedFileException>(() => folder.Read("lock", 100));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_file_that_others_can_write_to_is_refused(UnixFileMode mode)
    {
        using TrustedFolder folder = TrustedFolder.Open(Run, create: true);
        string path = Path.Combine(Run, "drop-monitor.json");
        File.WriteAllText(path, "forged");
        File.SetUnixFileMode(path, OwnerOnly | mode);

        Assert.Contains(
            "other users can write to it", Assert.Throws<UntrustedFileException>(() => folder.Read("drop-monitor.json", 100)).Message);
    }

    [Fact]
    public void The_lock_can_be_opened_by_its_owner_only()
    {
        using TrustedFolder folder = TrustedFolder.Open(Run, create: true);

        FileLock.TryTake(folder, "lock", TimeSpan.Zero)!.Dispose();

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(Run, "lock")));
    }

    [Fact]
    public void A_lock_that_others_can_open_is_replaced_and_whoever_holds_the_old_one_stalls_nobody()
    {
        using TrustedFolder folder = TrustedFolder.Open(Run, create: true);
        string path = Path.Combine(Run, "lock");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using Process holder = Process.Start(
            new ProcessStartInfo("flock", [path, "cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        holder.StandardInput.WriteLine("held");
        Assert.Equal("held", holder.StandardOutput.ReadLine());

        using FileLock? taken = FileLock.TryTake(folder, "lock", TimeSpan.Zero);

        Assert.NotNull(taken);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        Assert.Null(FileLock.TryTake(folder, "lock", TimeSpan.Zero));
        holder.StandardInput.Close();
        holder.WaitForExit();
    }

    [Fact]
    public void A_file_that_is_larger_than_any_record_is_not_read()
    {
        using TrustedFolder folder = TrustedFolder.Open(Run, create: true);
        File.WriteAllBytes(Path.Combine(Run, "record"), new byte[101]);

        Assert.Throws<UntrustedFileException>(() => folder.Read("record", 100));
    }

    private static void GiveAway(string path) => Start("chown", $"{ForeignUser}", path);

    private static void Start(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
