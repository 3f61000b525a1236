namespace DropMon.Text;

/// <summary>
/// Something to run that texts of the engine name: a cmdlet, or a command of <c>dropmon</c>. In a text it is a mark, <c>⟨command
/// Doctor⟩</c>, which each front end writes as what there is (<see cref="OptionText"/>).
/// </summary>
internal sealed class CommandId
{
    /// <summary>What the marks begin with.</summary>
    public const string Prefix = "command ";

    private CommandId(string name) => Name = name;

    /// <summary>Compares counters over a time.</summary>
    public static CommandId CompareCounters { get; } = new(nameof(CompareCounters));

    /// <summary>Lists the counters.</summary>
    public static CommandId Counters { get; } = new(nameof(Counters));

    /// <summary>Looks at what monitoring needs.</summary>
    public static CommandId Doctor { get; } = new(nameof(Doctor));

    /// <summary>The same, for a report of a fault.</summary>
    public static CommandId DoctorReport { get; } = new(nameof(DoctorReport));

    /// <summary>Writes alerts to a file.</summary>
    public static CommandId Export { get; } = new(nameof(Export));

    /// <summary>Counts drops.</summary>
    public static CommandId Measure { get; } = new(nameof(Measure));

    /// <summary>The program to start, as root for instance.</summary>
    public static CommandId Program { get; } = new(nameof(Program));

    /// <summary>Lists the reasons.</summary>
    public static CommandId Reasons { get; } = new(nameof(Reasons));

    /// <summary>Shows drops as they happen.</summary>
    public static CommandId Watch { get; } = new(nameof(Watch));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CommandId> All { get; } =
        [CompareCounters, Counters, Doctor, DoctorReport, Export, Measure, Program, Reasons, Watch];

    /// <summary>What it is called here.</summary>
    public string Name { get; }

    /// <summary>The command of a name; null where there is none.</summary>
    public static CommandId? Find(string name) => All.FirstOrDefault(command => command.Name == name);

    /// <summary>The mark for the command.</summary>
    public override string ToString() => OptionText.Mark(Prefix + Name);
}
