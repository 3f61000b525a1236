using System.Collections;
using System.Management.Automation;

namespace DropMon.Parameters;

/// <summary>
/// Takes text, and numbers as text, for a parameter that the pipeline binds by value: PowerShell would take any object by what its ToString
/// gives.
/// </summary>
internal sealed class TextOnlyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        // With a failed cast as its cause the binder goes on to the object's properties.
        return value is null or string or ValueType or IList
            ? inputData
            : throw new ArgumentTransformationMetadataException(
                $"'{value}' is not text.", new PSInvalidCastException($"'{value}' is not text."));
    }
}
