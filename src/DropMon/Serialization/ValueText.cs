using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace DropMon.Commands;

/// <summary>
/// Values with a text of their own, for DropMon.Types.ps1xml: of a list Export-Csv would write the name of its type, and of a time what is
/// left of it in the culture of the writer. They stay what they are for everything else.
/// </summary>
public static class ValueText
{
    private static readonly MethodInfo HexText = typeof(ValueText).GetMethod(nameof(ToHex))!;
    private static readonly MethodInfo LineText = typeof(ValueText).GetMethod(nameof(ToLine))!;

    /// <summary>What stands between the items of a list.</summary>
    internal const string Separator = "; ";

    /// <summary>The text of bytes: hexadecimal.</summary>
    public static string ToHex(PSObject bytes) => Convert.ToHexString((byte[])bytes.BaseObject);

    /// <summary>The text of a list: that of its items in a line.</summary>
    public static string ToLine(PSObject items) => string.Join(Separator, ((IEnumerable)items.BaseObject).Cast<object?>());

    /// <summary>Bytes; null for null.</summary>
    internal static PSObject? Of(byte[]? bytes) => bytes is null ? null : With(bytes, new PSCodeMethod("ToString", HexText));

    /// <summary>A list; null for null.</summary>
    internal static PSObject? Of(IEnumerable? items) => items is null ? null : With(items, new PSCodeMethod("ToString", LineText));

    /// <summary>A time.</summary>
    internal static PSObject Of(DateTimeOffset time) => With(time, new TimeTextMethod());

    private static PSObject With(object value, PSMethodInfo text)
    {
        var wrapped = new PSObject(value);
        wrapped.Methods.Add(text);
        return wrapped;
    }
}
