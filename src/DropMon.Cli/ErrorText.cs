namespace DropMon.Cli;

/// <summary>Puts an error on standard error: what failed and why, then what mends it.</summary>
internal static class ErrorText
{
    /// <returns>The exit code that belongs to the error.</returns>
    public static int Report(DropMonException error)
    {
        Console.Error.WriteLine($"dropmon: {CommandSpelling.Of(error.Message)}");
        if (error.Advice is { } advice)
        {
            Console.Error.WriteLine(CommandSpelling.Of(advice));
        }

        return ExitCode.Of(error.Kind);
    }

    /// <summary>Whatever else is read or written has errors of its own kind: this is the output that nobody takes.</summary>
    /// <returns>The exit code for it.</returns>
    public static int ReportOutput(Exception error)
    {
        Console.Error.WriteLine($"dropmon: The output cannot be written: {SafeText.Escape(error.Message)}");
        return ExitCode.Failure;
    }
}
