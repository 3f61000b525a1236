using DropMon.Machine;

namespace DropMon.KernelTests.Causes;

/// <summary>
/// This machine as the calling thread sees it. /proc/net shows the network namespace of the process's first thread, and the namespaces of
/// these tests are other threads'. What the thread finds under /proc/sys/net is of its own namespace already.
/// </summary>
internal sealed class ThreadMachine : IMachine
{
    private readonly LocalMachine _machine = new();

    public string? ReadFile(string path, CancellationToken cancellationToken = default) =>
        _machine.ReadFile(OfThread(path), cancellationToken);

    public IReadOnlyList<string> ListDirectory(string path) => _machine.ListDirectory(OfThread(path));

    public string? ReadLink(string path) => _machine.ReadLink(path);

    public IReadOnlyList<KernelMessage>? ReadKernelLog(CancellationToken cancellationToken) => _machine.ReadKernelLog(cancellationToken);

    private static string OfThread(string path) => path.StartsWith("/proc/net/", StringComparison.Ordinal)
        ? $"/proc/thread-self{path[5..]}" : path;
}
