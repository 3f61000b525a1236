namespace DropMon.Machine;

/// <summary>How a tool ended.</summary>
internal enum ToolOutcome
{
    Succeeded = 0,
    Missing,
    Failed,
    TimedOut,
}

/// <summary>What a tool said.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">The first line of its standard error.</param>
internal sealed record ToolResult(ToolOutcome Outcome, string Output, string Error)
{
    public static ToolResult Missing { get; } = new(ToolOutcome.Missing, "", "");
}
