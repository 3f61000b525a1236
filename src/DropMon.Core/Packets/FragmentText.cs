using System.Text;

namespace DropMon.Packets;

/// <summary>A fragment in words.</summary>
internal static class FragmentText
{
    public static void Append(StringBuilder text, uint identification, int offset, bool more) =>
        text.Append("fragment (id ").Append(identification).Append(", offset ").Append(offset).Append(more ? ", more follow)" : ", last)");
}
