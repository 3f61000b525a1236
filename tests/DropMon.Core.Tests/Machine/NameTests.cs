using System.Globalization;
using System.Text;
using DropMon.Machine;
using DropMon.Tests.Files;
using DropMon.Text;

namespace DropMon.Tests.Machine;

public sealed class NameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_bytes_have_the_same_number_and_text()
    {
        var pool = new Utf8NamePool();
        int[] numbers = [.. Enumerable.Range(0, 1000).Select(i => pool.Intern(Bytes(i)))];

        Assert.Equal(1000, numbers.Distinct().Count());
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(numbers[i], pool.Intern(Bytes(i))));
        Assert.Same(pool.Text(numbers[7]), pool.Text(pool.Intern(Bytes(7))));
        Assert.Equal(0, pool.Generation);
    }

    [Fact]
    public void The_empty_name_is_number_zero() => Assert.Equal((0, ""), (new Utf8NamePool().Intern([]), new Utf8NamePool().Text(0)));

    [Fact]
    public void Names_are_safe_for_a_terminal()
    {
        var pool = new Utf8NamePool();

        Assert.Equal("\\u001b[2J\ufffd", pool.Text(pool.Intern([.. "\u001b[2J"u8, 0xff])));
    }

    [Fact]
    public void A_pool_that_is_full_starts_afresh_and_says_so()
    {
        var pool = new Utf8NamePool();
        for (int i = 0; i < 70_000; i++)
        {
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), pool.Text(pool.Intern(Bytes(i))));
        }

        Assert.Equal(1, pool.Generation);
    }

    [Fact]
    public void Long_names_do_not_fill_the_memory()
    {
        var pool = new Utf8NamePool();
        byte[] name = new byte[60_000];
        for (int i = 0; i < 200; i++)
        {
            BitConverter.TryWriteBytes(name, i + 1);
            pool.Intern(name);
        }

        Assert.True(pool.Generation >= 1);
    }

    [Fact]
    public void Interning_what_is_known_allocates_nothing()
    {
        var pool = new Utf8NamePool();
        byte[] name = Bytes(7);
        pool.Intern(name);

        Assert.Equal(0, Allocations.Of(() => InternOften(pool, name)));
    }

    [Fact]
    public void Interfaces_are_named_by_index()
    {
        AddInterface("eth7", 7);
        var names = new InterfaceNames(FolderOfInterfaces);

        Assert.Equal(("eth7", null), (names.Find(7), names.Find(8)));
    }

    [Fact]
    public void An_interface_that_appears_is_named_soon()
    {
        AddInterface("eth7", 7);
        var names = new InterfaceNames(FolderOfInterfaces);
        Assert.Null(names.Find(8));
        AddInterface("eth8", 8);

        Assert.True(SpinWait.SpinUntil(() => names.Find(8) == "eth8", TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Without_sys_an_interface_has_no_name() => Assert.Null(new InterfaceNames(_folder.File("missing")).Find(1));

    [Fact]
    public void This_machine_s_loopback_has_its_name() => Assert.Equal("lo", new InterfaceNames().Find(1));

    [Fact]
    public void This_process_has_its_name_and_the_idle_task_has_the_kernel_s()
    {
        var names = new ProcessNames();

        Assert.Equal(File.ReadAllText("/proc/self/comm").TrimEnd('\n'), names.Find(Environment.ProcessId));
        Assert.Equal("swapper", names.Find(0));
        Assert.Null(names.Find(int.MaxValue));
    }

    private string FolderOfInterfaces => _folder.File("net");

    private void AddInterface(string name, int index)
    {
        Directory.CreateDirectory(Path.Combine(FolderOfInterfaces, name));
        File.WriteAllText(Path.Combine(FolderOfInterfaces, name, "ifindex"), index.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    private static void InternOften(Utf8NamePool pool, byte[] name)
    {
        for (int i = 0; i < 1000; i++)
        {
            pool.Intern(name);
        }
    }

    private static byte[] Bytes(int i) => Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture));
}
