using System.Collections;
using System.Net;
using System.Reflection;
using DropMon.Packets;

namespace DropMon.Tests.Packets;

/// <summary>Reads all that a packet offers, as PowerShell's Format-List would.</summary>
internal static class PacketReading
{
    private static readonly Dictionary<Type, PropertyInfo[]> Properties = [];

    /// <summary>Reads every public property, down into layers, options and packets within.</summary>
    public static void ReadEveryProperty(object of)
    {
        foreach (PropertyInfo property in PropertiesOf(of.GetType()))
        {
            object? value = property.GetValue(of);
            switch (value)
            {
                case string text:
                    Assert.DoesNotContain(text, char.IsControl);
                    break;
                case IPAddress:
                    break;
                case Packet or PacketLayer:
                    ReadEveryProperty(value);
                    break;
                case IEnumerable list:
                    foreach (object item in list)
                    {
                        Assert.DoesNotContain(item.ToString()!, char.IsControl);
                        ReadEveryProperty(item);
                    }

                    break;
            }
        }
    }

    private static PropertyInfo[] PropertiesOf(Type type)
    {
        lock (Properties)
        {
            return Properties.TryGetValue(type, out PropertyInfo[]? found) ? found : Properties[type] = type.GetProperties();
        }
    }
}
