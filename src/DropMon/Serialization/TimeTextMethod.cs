using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace DropMon.Commands;

/// <summary>
/// ToString of a time in an object of this module: whole, in ISO 8601 and the same in every culture, unless a format is asked for.
/// DateTimeOffset's own leaves out what is less than a second, and whether day or month comes first is the culture's.
/// </summary>
public sealed class TimeTextMethod : PSCodeMethod
{
    private static readonly MethodInfo Text = typeof(TimeTextMethod).GetMethod(nameof(ToText))!;

    /// <summary>Creates the method.</summary>
    public TimeTextMethod()
        : base("ToString", Text)
    {
    }

    /// <inheritdoc/>
    /// <remarks>More than one: only then the -f operator passes its format on.</remarks>
    public override Collection<string> OverloadDefinitions =>
        ["string ToString()", "string ToString(string format, System.IFormatProvider provider)"];

    /// <summary>The text of a time.</summary>
    public static string ToText(PSObject time, string? format = null, IFormatProvider? provider = null) =>
        string.IsNullOrEmpty(format) ? Of(time).ToString("O", CultureInfo.InvariantCulture)
            : Of(time).ToString(format, provider ?? CultureInfo.CurrentCulture);

    /// <inheritdoc/>
    public override PSMemberInfo Copy() => new TimeTextMethod();

    private static DateTimeOffset Of(PSObject time) => (DateTimeOffset)time.BaseObject;
}
