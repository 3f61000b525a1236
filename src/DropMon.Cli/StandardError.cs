namespace DropMon.Cli;

/// <summary>What a person is told beside the output.</summary>
internal static class StandardError
{
    /// <summary>Tells something that is good to know.</summary>
    public static void Note(string sentence) => Write("Note", sentence);

    /// <summary>Tells something that nobody should overlook.</summary>
    public static void Warn(string sentence) => Write("Warning", sentence);

    private static void Write(string kind, string sentence) => Console.Error.WriteLine($"{kind}: {CommandSpelling.Of(sentence)}");
}
