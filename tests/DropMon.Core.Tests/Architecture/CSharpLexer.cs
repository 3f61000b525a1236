namespace DropMon.Tests.Architecture;

/// <summary>
/// Splits C# into its string literals and its comments. Knows verbatim, raw and interpolated literals; not preprocessor directives.
/// </summary>
internal static class CSharpLexer
{
    /// <param name="text">A C# file that compiles.</param>
    /// <returns>Each literal without its quotes, holes of interpolated ones included, and each comment with its slashes.</returns>
    public static IReadOnlyList<CSharpPiece> Read(string text)
    {
        List<CSharpPiece> pieces = [];
        for (int at = 0; at < text.Length;)
        {
            int end = EndOf(text, at, out CSharpPieceKind kind, out Range content);
            if (kind != CSharpPieceKind.Code)
            {
                pieces.Add(new CSharpPiece(kind, 1 + text.AsSpan(0, at).Count('\n'), text[content]));
            }

            at = end;
        }

        return pieces;
    }

    private static int EndOf(string text, int at, out CSharpPieceKind kind, out Range content)
    {
        kind = CSharpPieceKind.Comment;
        if (text.AsSpan(at).StartsWith("//", StringComparison.Ordinal))
        {
            int end = IndexOf(text, "\n", at);
            content = at..end;
            return end;
        }

        if (text.AsSpan(at).StartsWith("/*", StringComparison.Ordinal))
        {
            int end = Math.Min(IndexOf(text, "*/", at) + 2, text.Length);
            content = at..end;
            return end;
        }

        kind = CSharpPieceKind.Literal;
        if (text[at] is '$' or '@' or '"')
        {
            int quote = at;
            while (quote < text.Length && text[quote] is '$' or '@')
            {
                quote++;
            }

            if (quote < text.Length && text[quote] == '"')
            {
                return EndOfLiteral(text, quote, text[at..quote], out content);
            }
        }

        kind = CSharpPieceKind.Code;
        content = default;
        return text[at] == '\'' ? EndOfCharacter(text, at) : at + 1;
    }

    private static int EndOfLiteral(string text, int quote, string marks, out Range content)
    {
        int quotes = text.AsSpan(quote).IndexOfAnyExcept('"') is var count and > 0 ? count : text.Length - quote;
        if (quotes >= 3 && !marks.Contains('@', StringComparison.Ordinal))
        {
            int close = IndexOf(text, new string('"', quotes), quote + quotes);
            content = (quote + quotes)..close;
            return Math.Min(close + quotes, text.Length);
        }

        int end = EndOfPlain(text, quote + 1, marks.Contains('@', StringComparison.Ordinal), marks.Contains('$', StringComparison.Ordinal));
        content = (quote + 1)..end;
        return Math.Min(end + 1, text.Length);
    }

    // The position of the closing quote.
    private static int EndOfPlain(string text, int at, bool isVerbatim, bool hasHoles)
    {
        while (at < text.Length)
        {
            char character = text[at];
            bool isDouble = at + 1 < text.Length && text[at + 1] == character;
            if (character == '\\' && !isVerbatim || isDouble && (character == '{' && hasHoles || character == '"' && isVerbatim))
            {
                at += 2;
            }
            else if (character == '"')
            {
                return at;
            }
            else
            {
                at = character == '{' && hasHoles ? EndOfHole(text, at + 1) : at + 1;
            }
        }

        return text.Length;
    }

    // Behind the brace that closes a hole, which is code with literals of its own.
    private static int EndOfHole(string text, int at)
    {
        for (int depth = 1; at < text.Length && depth > 0;)
        {
            depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            at = EndOf(text, at, out _, out _);
        }

        return at;
    }

    private static int EndOfCharacter(string text, int at) =>
        IndexOf(text, "'", at + (text[Math.Min(at + 1, text.Length - 1)] == '\\' ? 3 : 2)) + 1;

    private static int IndexOf(string text, string sought, int from) =>
        from < text.Length && text.IndexOf(sought, from, StringComparison.Ordinal) is var found and >= 0 ? found : text.Length;
}

/// <summary>What a piece of C# is.</summary>
internal enum CSharpPieceKind
{
    /// <summary>Neither of the others.</summary>
    Code,

    /// <summary>A string literal.</summary>
    Literal,

    /// <summary>A comment.</summary>
    Comment,
}

/// <summary>A literal or a comment.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Text">Its text as written.</param>
internal sealed record CSharpPiece(CSharpPieceKind Kind, int Line, string Text);
