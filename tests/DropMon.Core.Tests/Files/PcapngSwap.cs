using System.Buffers.Binary;
using DropMon.Files.Pcapng;

namespace DropMon.Tests.Files;

/// <summary>Turns a little-endian pcapng file into the big-endian file that says the same.</summary>
internal static class PcapngSwap
{
    public static byte[] ToBigEndian(byte[] file)
    {
        byte[] swapped = (byte[])file.Clone();
        for (int at = 0; at < file.Length;)
        {
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            Swap(swapped, at, 4, 4);
            Swap(swapped, at + length - 4, 4);
            int body = at + 8;
            switch (type)
            {
                case PcapngFormat.SectionHeader:
                    Swap(swapped, body, 4, 2, 2, 8);
                    SwapOptions(file, swapped, body + 16, at + length - 4);
                    break;
                case PcapngFormat.InterfaceDescription:
                    Swap(swapped, body, 2, 2, 4);
                    SwapOptions(file, swapped, body + 8, at + length - 4);
                    break;
                case PcapngFormat.EnhancedPacket:
                    Swap(swapped, body, 4, 4, 4, 4, 4);
                    int captured = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(body + 12));
                    SwapOptions(file, swapped, body + 20 + captured + PcapngFormat.Padding(captured), at + length - 4);
                    break;
                default:
                    throw new InvalidOperationException($"block {type:x}");
            }

            at += length;
        }

        return swapped;
    }

    private static void SwapOptions(byte[] file, byte[] swapped, int at, int end)
    {
        while (at < end)
        {
            ushort code = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
            int length = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + 2));
            Swap(swapped, at, 2, 2);
            if (code == PcapngFormat.OptionCustomText)
            {
                Swap(swapped, at + 4, 4);
            }

            at += 4 + length + PcapngFormat.Padding(length);
        }
    }

    private static void Swap(byte[] bytes, int at, params int[] sizes)
    {
        foreach (int size in sizes)
        {
            bytes.AsSpan(at, size).Reverse();
            at += size;
        }
    }
}
