using DropMon.Kernel.Symbols;
using DropMon.Tests.Files;

namespace DropMon.Tests.Kernel.Symbols;

public sealed class DebugFilesTests : IDisposable
{
    private const string Release = "6.12.0-cloud-amd64";

    // A note of the kernel's own (Xen), then the build id.
    private static readonly byte[] Notes =
    [
        4, 0, 0, 0, 2, 0, 0, 0, 6, 0, 0, 0, (byte)'X', (byte)'e', (byte)'n', 0, 1, 2, 0, 0,
        4, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, (byte)'G', (byte)'N', (byte)'U', 0, 0xab, 0xcd, 0xef, 0x01,
    ];

    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData($"boot/vmlinux-{Release}")]
    [InlineData($"lib/modules/{Release}/vmlinux.debug")]
    [InlineData($"lib/modules/{Release}/build/vmlinux")]
    [InlineData($"usr/lib/debug/boot/vmlinux-{Release}")]
    [InlineData($"usr/lib/debug/lib/modules/{Release}/vmlinux")]
    [InlineData("usr/lib/debug/.build-id/ab/cdef01.debug")]
    public void A_file_where_libdw_looks_may_be_debug_information(string file)
    {
        string path = _root.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");

        Assert.True(DebugFiles.MayExist(_root.File(""), Release, Notes));
    }

    [Fact]
    public void The_debug_information_of_other_programs_is_none_of_the_kernels()
    {
        Directory.CreateDirectory(_root.File("usr/lib/debug/.build-id/ab"));
        File.WriteAllText(_root.File("usr/lib/debug/.build-id/ab/cdef02.debug"), "");

        Assert.False(DebugFiles.MayExist(_root.File(""), Release, Notes));
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 255, 4, 0, 0, 0, 3, 0, 0, 0 })]
    [InlineData(new byte[] { 4, 0, 0, 0, 255, 255, 255, 127, 3, 0, 0, 0, 71, 78, 85, 0 })]
    [InlineData(new byte[] { 4, 0, 0 })]
    public void Notes_that_make_no_sense_name_no_file(byte[] notes) =>
        Assert.False(DebugFiles.MayExist(_root.File(""), Release, notes));

    [Fact]
    public void A_machine_with_a_compressed_kernel_image_alone_has_none()
    {
        Directory.CreateDirectory(_root.File("boot"));
        File.WriteAllText(_root.File($"boot/vmlinuz-{Release}"), "");

        Assert.False(DebugFiles.MayExist(_root.File(""), Release, Notes));
    }
}
