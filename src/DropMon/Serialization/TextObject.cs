using System.Management.Automation;

namespace DropMon.Serialization;

/// <summary>
/// Objects within objects as texts that carry the properties: ConvertTo-Json writes the text and never goes too deep, Export-Clixml and
/// remoting keep both, and scripts read the properties as before. Get-Content makes its lines in the same way.
/// </summary>
internal static class TextObject
{
    /// <summary>The object's text with the object's type name and properties; null for null.</summary>
    public static PSObject? Of(object? item)
    {
        if (item is null)
        {
            return null;
        }

        var text = new PSObject(item.ToString() ?? "");
        foreach (PSPropertyInfo property in PSObject.AsPSObject(item).Properties)
        {
            text.Properties.Add(new PSNoteProperty(property.Name, property.Value));
        }

        // Last: properties that the type's data has as well could not be added any more.
        text.TypeNames.Insert(0, item.GetType().FullName!);
        return text;
    }

    /// <summary>The same of each object in a list; null for null.</summary>
    public static PSObject[]? OfEach(IEnumerable<object>? items) => items is null ? null : [.. items.Select(item => Of(item)!)];
}
