using System.Buffers.Binary;
using DropMon.Filters;
using DropMon.Sources.Ebpf.Assembly;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Sources.Ebpf.Filtering;

/// <summary>The conditions on the addresses of an IP header that lies on the stack.</summary>
internal sealed class AddressCode(BpfAssembler code, FilterCode tests, string rejected)
{
    /// <summary>Appends the tests.</summary>
    /// <param name="filter">What to reject.</param>
    /// <param name="source">Where on the stack the source's address is.</param>
    /// <param name="destination">Where the destination's is.</param>
    /// <param name="size">Bytes of an address, 4 or 16.</param>
    public void Write(ProgramFilter filter, int source, int destination, int size)
    {
        Test(filter.SourceAddresses, size, source);
        Test(filter.DestinationAddresses, size, destination);
        Test(filter.Addresses, size, source, destination);
    }

    private void Test(IReadOnlyList<AddressPrefix>? networks, int size, params int[] addresses)
    {
        if (networks is null)
        {
            return;
        }

        string wanted = tests.NewLabel("address wanted");
        foreach (int address in addresses)
        {
            Load(address, size);
            foreach (AddressPrefix network in networks.Where(network => network.Address.Length == size))
            {
                JumpIfIn(network, wanted);
            }
        }

        code.Jump(rejected);
        code.Label(wanted);
    }

    // R1, and for IPv6 R2, hold the address as it lies in memory.
    private void Load(int address, int size)
    {
        code.Load(size == sizeof(uint) ? BpfSize.Word : BpfSize.Double, R1, R10, address);
        if (size > sizeof(uint))
        {
            code.Load(BpfSize.Double, R2, R10, address + sizeof(ulong));
        }
    }

    private void JumpIfIn(AddressPrefix network, string wanted)
    {
        string next = tests.NewLabel("next network");
        if (network.Address.Length == sizeof(uint))
        {
            JumpUnless(R1, BinaryPrimitives.ReadUInt32LittleEndian(network.Mask), uint.MaxValue,
                BinaryPrimitives.ReadUInt32LittleEndian(network.Address), next);
        }
        else
        {
            JumpUnless(R1, Word(network.Mask), ulong.MaxValue, Word(network.Address), next);
            JumpUnless(R2, Word(network.Mask[8..]), ulong.MaxValue, Word(network.Address[8..]), next);
        }

        code.Jump(wanted);
        code.Label(next);
    }

    private void JumpUnless(BpfRegister word, ulong mask, ulong wholeMask, ulong wanted, string otherwise)
    {
        if (mask == 0)
        {
            return;
        }

        BpfRegister compared = word;
        if (mask != wholeMask)
        {
            compared = R3;
            code.Move64(R3, mask);
            code.Alu(BpfOperation.And, R3, word);
        }

        code.Move64(R4, wanted);
        code.JumpIf(BpfCondition.NotEqual, compared, R4, otherwise);
    }

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
