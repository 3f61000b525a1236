namespace DropMon.Cli;

/// <summary>Puts an error on standard error: what failed and why, then what mends it.</summary>
internal static class ErrorText
{
    /// <returns>The exit code that belongs to the error.</returns>
    public static int Report(DropMonException error)
    {
        Console.Error.WriteLine($"dropmon: {SafeText.Escape(error.Message)}");
        if (error.Remedy is { } remedy)
        {
            Console.Error.WriteLine($"To mend it: {SafeText.Escape(remedy)}");
        }

        return ExitCode.Of(error.Kind);
    }
}
