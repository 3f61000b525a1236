namespace DropMon.Cli;

/// <summary>Writes an error to standard error: what failed and why, then the fix.</summary>
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

    /// <summary>The output cannot be written. Everything else that is read or written has errors of its own kind.</summary>
    /// <returns>The exit code for it.</returns>
    public static int ReportOutput(Exception error)
    {
        Console.Error.WriteLine($"dropmon: The output cannot be written: {SafeText.Escape(error.Message)}");
        return ExitCode.Failure;
    }
}
