using System.Text;

namespace DropMon.Machine;

/// <summary>
/// Names of interfaces from alerts, files and other hosts become parts of paths: they are judged as the kernel judges them.
/// </summary>
internal static class InterfaceName
{
    /// <summary>The kernel's function that judges names.</summary>
    public const string Rule = "dev_valid_name";

    private const int Size = 16; // IFNAMSIZ, the terminating zero included

    /// <summary>Whether a kernel lets an interface have that name (dev_valid_name).</summary>
    public static bool IsValid(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length is > 0 and < Size && name is not ("." or "..") && !Array.Exists(bytes, IsRefused);
    }

    // The kernel's isspace() takes the byte 0xa0 for a space too. It lets other control characters pass, a zero byte excepted, which ends
    // the name.
    private static bool IsRefused(byte value) =>
        value is (byte)'/' or (byte)':' or (byte)' ' or (>= (byte)'\t' and <= (byte)'\r') or 0xa0 or 0;
}
