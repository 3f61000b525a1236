using System.Management.Automation;
using System.Reflection;

namespace DropMon.Commands;

/// <summary>The lists of an alert with a text of their own, for DropMon.Types.ps1xml: Export-Csv would write the names of their types.</summary>
public static class AlertMembers
{
    private static readonly MethodInfo HexText = typeof(AlertMembers).GetMethod(nameof(ToHex))!;
    private static readonly MethodInfo FrameText = typeof(AlertMembers).GetMethod(nameof(ToLines))!;

    /// <summary>The packet's bytes; their text is hexadecimal.</summary>
    public static object? GetPayload(PSObject alert) => WithText(Of(alert).Payload, HexText);

    /// <summary>The cookie of a hardware flow rule; its text is hexadecimal.</summary>
    public static object? GetFlowActionCookie(PSObject alert) => WithText(Of(alert).FlowActionCookie, HexText);

    /// <summary>The kernel stack; its text is the frames, innermost first.</summary>
    public static object? GetStackTrace(PSObject alert) => WithText(TextObject.OfEach(Of(alert).StackTrace), FrameText);

    /// <summary>The functions inlined at the place; their text is the frames, innermost first.</summary>
    public static object? GetInlineFrames(PSObject alert) => WithText(TextObject.OfEach(Of(alert).InlineFrames), FrameText);

    /// <summary>The text of bytes.</summary>
    public static string ToHex(PSObject bytes) => Convert.ToHexString((byte[])bytes.BaseObject);

    /// <summary>The text of stack frames.</summary>
    public static string ToLines(PSObject frames) => string.Join("; ", (IEnumerable<object>)frames.BaseObject);

    private static PSObject? WithText(object? value, MethodInfo text)
    {
        if (value is null)
        {
            return null;
        }

        var wrapped = new PSObject(value);
        wrapped.Methods.Add(new PSCodeMethod("ToString", text));
        return wrapped;
    }

    private static DropAlert Of(PSObject alert) => (DropAlert)alert.BaseObject;
}
