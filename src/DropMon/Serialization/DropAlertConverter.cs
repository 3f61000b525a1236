using System.Management.Automation;
using System.Runtime.CompilerServices;
using DropMon.Output;
using DropMon.Serialization;

// DropMon.Types.ps1xml asks this assembly for the type: nothing has loaded the engine's by then, and from here it is found.
[assembly: TypeForwardedTo(typeof(DropMon.DropAlert))]

namespace DropMon.Commands;

/// <summary>
/// Makes a <see cref="DropAlert"/> of what Export-Clixml, jobs and remoting left of one, so that such alerts come back as what they were,
/// and of what ConvertFrom-Json and Import-Csv return, where a script asks for it. DropMon.Types.ps1xml registers it.
/// </summary>
public sealed class DropAlertConverter : PSTypeConverter
{
    private const string TypeName = "Deserialized.DropMon.DropAlert";

    // Import-Module makes a converter; most sessions never convert anything.
    private readonly Lazy<AlertRebuilder> _rebuilder = new(() => new AlertRebuilder());

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        destinationType == typeof(DropAlert) && sourceValue is PSObject source
        && (source.TypeNames.Contains(TypeName) || (source.BaseObject is PSCustomObject && AlertRebuilder.IsAlert(source)));

    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType) => CanConvertFrom((object)sourceValue, destinationType);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        try
        {
            return (sourceValue is PSObject source ? _rebuilder.Value.Rebuild(source) : null)
                ?? throw new PSInvalidCastException($"'{sourceValue}' is not an alert: it lacks Timestamp, Function or Reason.");
        }
        catch (DropMonException error) when (error is TimeTextException or PropertyValueException)
        {
            throw new PSInvalidCastException(CmdletText.Of($"{error.Message} {error.Advice}"), error);
        }
    }

    /// <inheritdoc/>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        ConvertFrom((object)sourceValue, destinationType, formatProvider, ignoreCase);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException();
}
