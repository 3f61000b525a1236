using DropMon.Counters.Sources;
using DropMon.Evidence;
using DropMon.Machine;
using DropMon.Netfilter;
using DropMon.Tests.Netfilter;

namespace DropMon.Tests.Machine;

/// <summary>A machine whose files and tools a test writes.</summary>
internal sealed class FakeMachine : IMachine
{
    private readonly Dictionary<string, string> _files = [];
    private readonly Dictionary<string, string> _links = [];
    private readonly Dictionary<string, ToolResult> _tools = [];
    private Func<INetfilterKernel> _netfilter = static () => new ScriptedNetfilter();

    public FakeMachine File(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    public FakeMachine Link(string path, string target)
    {
        _links[path] = target;
        return this;
    }

    public FakeMachine Tool(string commandLine, string output) => Tool(commandLine, new ToolResult(ToolOutcome.Succeeded, output, ""));

    public FakeMachine Tool(string commandLine, ToolResult result)
    {
        _tools[commandLine] = result;
        return this;
    }

    public FakeMachine Netfilter(ScriptedNetfilter kernel)
    {
        _netfilter = () => kernel;
        return this;
    }

    public string? ReadFile(string path) => _files.GetValueOrDefault(path);

    public string? ReadLink(string path) => _links.GetValueOrDefault(path);

    public IReadOnlyList<string> ListDirectory(string path) =>
    [
        .. _files.Keys.Concat(_links.Keys)
            .Where(file => file.StartsWith(path + "/", StringComparison.Ordinal))
            .Select(file => file[(path.Length + 1)..].Split('/')[0])
            .Distinct(),
    ];

    public ToolResult Run(string tool, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        _tools.GetValueOrDefault($"{tool} {string.Join(' ', arguments)}", ToolResult.Missing);

    /// <summary>All that is found for the query, by the probes that the product has.</summary>
    public List<DropEvidence> Collect(EvidenceQuery query) => [.. EvidenceCollector.Create(this, netfilter: _netfilter).Collect(query)];
}
