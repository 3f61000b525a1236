namespace DropMon.Text;

/// <summary>
/// An option that texts of the engine name. In a text it is a mark, <c>⟨Source NetDm⟩</c>, which each front end writes as its own option
/// (<see cref="OptionText"/>): the engine knows no front end's spelling.
/// </summary>
internal sealed class OptionId
{
    private OptionId(string name) => Name = name;

    public static OptionId Address { get; } = new(nameof(Address));

    public static OptionId Append { get; } = new(nameof(Append));

    public static OptionId Capacity { get; } = new(nameof(Capacity));

    public static OptionId Class { get; } = new(nameof(Class));

    public static OptionId Container { get; } = new(nameof(Container));

    public static OptionId DestinationAddress { get; } = new(nameof(DestinationAddress));

    public static OptionId DestinationPort { get; } = new(nameof(DestinationPort));

    public static OptionId Duration { get; } = new(nameof(Duration));

    public static OptionId Force { get; } = new(nameof(Force));

    public static OptionId Format { get; } = new(nameof(Format));

    public static OptionId Function { get; } = new(nameof(Function));

    public static OptionId Hardware { get; } = new(nameof(Hardware));

    public static OptionId Interface { get; } = new("InterfaceName");

    public static OptionId LiteralPath { get; } = new(nameof(LiteralPath));

    public static OptionId Mode { get; } = new(nameof(Mode));

    public static OptionId NetworkNamespace { get; } = new(nameof(NetworkNamespace));

    public static OptionId NoClobber { get; } = new(nameof(NoClobber));

    public static OptionId Path { get; } = new(nameof(Path));

    public static OptionId Port { get; } = new(nameof(Port));

    public static OptionId ProcessName { get; } = new(nameof(ProcessName));

    public static OptionId Protocol { get; } = new(nameof(Protocol));

    public static OptionId QueueLength { get; } = new(nameof(QueueLength));

    public static OptionId Quiet { get; } = new(nameof(Quiet));

    public static OptionId Reason { get; } = new(nameof(Reason));

    public static OptionId Significance { get; } = new(nameof(Significance));

    public static OptionId Source { get; } = new(nameof(Source));

    public static OptionId SourceAddress { get; } = new(nameof(SourceAddress));

    public static OptionId SourcePort { get; } = new(nameof(SourcePort));

    public static OptionId StackTrace { get; } = new(nameof(StackTrace));

    public static OptionId Timeout { get; } = new(nameof(Timeout));

    public static OptionId TruncationLength { get; } = new(nameof(TruncationLength));

    public static OptionId Unit { get; } = new(nameof(Unit));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OptionId> All { get; } =
    [
        Address, Append, Capacity, Class, Container, DestinationAddress, DestinationPort, Duration, Force, Format, Function,
        Hardware, Interface, LiteralPath, Mode, NetworkNamespace, NoClobber, Path, Port, ProcessName, Protocol, QueueLength,
        Quiet, Reason, Significance, Source, SourceAddress, SourcePort, StackTrace, Timeout, TruncationLength, Unit,
    ];

    /// <summary>What it is called, in C# spelling.</summary>
    public string Name { get; }

    /// <summary>The option of a name; null where there is none.</summary>
    public static OptionId? Find(string name) => All.FirstOrDefault(option => option.Name == name);

    /// <summary>The mark for the option with a value.</summary>
    public string With(string value) => OptionText.Mark($"{Name} {value}");

    /// <summary>The mark for the option.</summary>
    public override string ToString() => OptionText.Mark(Name);
}
