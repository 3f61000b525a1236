using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace DropMon.Fleet;

/// <summary>
/// Reads an object of another computer. Before PowerShell sees its CLIXML, each text and name in it is made safe for a terminal, and
/// elements that no object of DropMon needs are refused.
/// </summary>
internal static partial class HostClixml
{
    private const int MostElements = 20_000;
    private const int MostDepth = 48;

    private static readonly HashSet<string> Known =
        ["Objs", "Obj", "TN", "T", "TNRef", "ToString", "Ref", "Props", "MS", "S", "C", "B", "DT", "TS", "D", "Db", "Sg", "By", "SB", "I16",
            "U16", "I32", "U32", "I64", "U64",
            "G", "BA", "Version", "Nil", "LST", "IE", "QUE", "STK", "DCT", "En"];

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is nothing that can be read.</exception>
    public static PSObject? Read(string clixml)
    {
        try
        {
            return PSSerializer.Deserialize(Sanitize(clixml)) is { } value ? PSObject.AsPSObject(value) : null;
        }
        catch (Exception error) when (
            error is XmlException or PSInvalidOperationException or RuntimeException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException(SafeText.Escape(error.Message), error);
        }
    }

    /// <summary>The same CLIXML with all texts, names of properties and names of types made safe.</summary>
    internal static string Sanitize(string clixml)
    {
        var safe = new StringBuilder(clixml.Length + 64);
        using var reader = XmlReader.Create(new StringReader(clixml),
            new XmlReaderSettings { CheckCharacters = false, IgnoreComments = true, IgnoreProcessingInstructions = true });
        using var writer = XmlWriter.Create(safe, new XmlWriterSettings { OmitXmlDeclaration = true });
        int elements = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++elements > MostElements || reader.Depth > MostDepth || !Known.Contains(reader.LocalName))
                    {
                        throw new XmlException($"The element {SafeText.Escape(reader.LocalName)} is refused.");
                    }

                    CopyElement(reader, writer);
                    break;
                case XmlNodeType.EndElement:
                    writer.WriteFullEndElement();
                    break;
                case XmlNodeType.Whitespace when reader.Value.Contains('\n'):
                    // Between elements: in a text, CLIXML writes it as _x000A_.
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    writer.WriteString(Safe(reader.Value));
                    break;
            }
        }

        writer.Flush();
        return safe.ToString();
    }

    private static void CopyElement(XmlReader reader, XmlWriter writer)
    {
        bool isEmpty = reader.IsEmptyElement;
        writer.WriteStartElement(reader.LocalName, reader.NamespaceURI);
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix.Length == 0 && reader.LocalName != "xmlns")
            {
                writer.WriteAttributeString(reader.LocalName, Safe(reader.Value));
            }
        }

        reader.MoveToElement();
        if (isEmpty)
        {
            writer.WriteEndElement();
        }
    }

    // CLIXML writes what XML cannot hold as _x001B_, half a surrogate pair at a time.
    private static string Safe(string text)
    {
        string plain = Escaped().Replace(text, match =>
            ((char)ushort.Parse(match.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        return Underscore().Replace(HostText.Of(plain), "_x005F_");
    }

    [GeneratedRegex("_[xX][0-9a-fA-F]{4}_")]
    private static partial Regex Escaped();

    [GeneratedRegex("_(?=[xX])")]
    private static partial Regex Underscore();
}
