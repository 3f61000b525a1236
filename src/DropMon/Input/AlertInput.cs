using System.Management.Automation;
using DropMon.Commands;
using DropMon.Output;
using DropMon.Serialization;

namespace DropMon.Input;

/// <summary>Takes alerts as parameters bring them: live ones as they are; those that were written down in between, rebuilt.</summary>
internal sealed class AlertInput
{
    private const string Remedy = "Pass what Get-NetDrop, Watch-NetDrop or Import-NetDrop returned, or the same objects from "
        + "Import-Clixml, Import-Csv, ConvertFrom-Json or another session.";

    private readonly Func<PSObject, DropAlert?> _rebuild = new AlertRebuilder().Rebuild;

    /// <summary>The alert; null, and an error on the cmdlet, for what is none.</summary>
    public DropAlert? Read(Cmdlet cmdlet, PSObject? input)
    {
        switch (input?.BaseObject)
        {
            case null:
                return null;
            case DropAlert alert:
                return alert;
        }

        PropertyValueException? unfit = null;
        DropAlert? rebuilt = cmdlet.Rebuild(input, source =>
        {
            try
            {
                return _rebuild(source);
            }
            catch (PropertyValueException error)
            {
                // One alert is passed over, and the others are read.
                unfit = error;
                return null;
            }
        });
        if (unfit is not null)
        {
            cmdlet.WriteError(unfit.ToErrorRecord(input));
        }
        else if (rebuilt is null)
        {
            cmdlet.WriteError(new InputException($"'{input}' is not an alert: it lacks Timestamp, Function or Reason.", Remedy)
                .ToErrorRecord(input));
        }

        return rebuilt;
    }
}
