namespace DropMon.Tests.Architecture;

public sealed class CSharpLexerTests
{
    [Theory]
    [InlineData("""Write("a \" b"); // c "d" """, """a \" b""", """// c "d" """)]
    [InlineData("""char quote = '"'; Write("a");""", "a")]
    [InlineData("""char back = '\\'; char tick = '\''; /* "b" */ Write("a");""", """/* "b" */""", "a")]
    [InlineData("""Write(@"a\" + @"b ""c"" ");""", """a\""", """b ""c"" """)]
    [InlineData("""Write($"a {(b ? "}" : $"{c}")} d {{ e", "f");""", """a {(b ? "}" : $"{c}")} d {{ e""", "f")]
    [InlineData("Write(\"\"\"a \"b\" c\"\"\", \"\");", "a \"b\" c", "")]
    public void LiteralsAndCommentsAreFound(string code, params string[] pieces) =>
        Assert.Equal(pieces, CSharpLexer.Read(code).Select(piece => piece.Text));

    [Fact]
    public void EachHasTheLineItBeginsOn() =>
        Assert.Equal(
            [(CSharpPieceKind.Comment, 1), (CSharpPieceKind.Literal, 3)],
            CSharpLexer.Read("// a\n\nWrite(\"b\");\n").Select(piece => (piece.Kind, piece.Line)));

    [Fact]
    public void NoFileOfTheProductLosesItsWay() =>
        Assert.DoesNotContain(
            SourceTree.Product.Files.SelectMany(file => CSharpLexer.Read(file.Value)),
            piece => piece.Kind == CSharpPieceKind.Literal && piece.Text.Contains("\n}", StringComparison.Ordinal));
}
