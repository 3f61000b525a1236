using System.IO.MemoryMappedFiles;

namespace DropMon.Fuzz;

/// <summary>Keeps the input in hand in a mapped file: it is there for whoever looks after the process has died.</summary>
internal sealed class LastInput : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public LastInput(string path, int maximumLength)
    {
        Path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, maximumLength + sizeof(int));
        _view = _file.CreateViewAccessor();
    }

    public string Path { get; }

    public unsafe void Note(ReadOnlySpan<byte> input)
    {
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        *(int*)pointer = input.Length;
        input.CopyTo(new Span<byte>(pointer + sizeof(int), input.Length));
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    /// <summary>The input that a process which died had in hand.</summary>
    public static byte[] Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        return bytes.AsSpan(sizeof(int), BitConverter.ToInt32(bytes)).ToArray();
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(Path);
    }
}
