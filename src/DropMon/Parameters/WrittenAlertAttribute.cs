using System.Management.Automation;

namespace DropMon.Parameters;

/// <summary>
/// Takes alerts, live or as they were written down, for a parameter that the pipeline binds by value: before PowerShell would look among
/// their properties for those of other parameters.
/// </summary>
internal sealed class WrittenAlertAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return inputData is null ? null : LanguagePrimitives.ConvertTo<DropAlert>(inputData);
        }
        catch (PSInvalidCastException error)
        {
            // With a failed cast as its cause the binder goes on to the object's properties.
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }
}
