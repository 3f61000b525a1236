using DropMon.Sources.Ebpf.Assembly;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Tests.Sources.Ebpf.Assembly;

/// <summary>The expected bytes follow the kernel's instruction-set document.</summary>
public class BpfAssemblerTests
{
    public static TheoryData<string, string> Instructions => new()
    {
        { "move", "bf61000000000000" },
        { "constant", "b7020000f0000000" },
        { "load", "69910a0000000000" },
        { "store", "7b18f8ff00000000" },
        { "store constant", "620af8ff05000000" },
        { "atomic add", "db18080000000000" },
        { "map", "1811000007000000" + "0000000000000000" },
        { "map value", "1823000007000000" + "0000000000000000" },
        { "constant of 64 bits", "1805000044332211" + "0000000088776655" },
        { "network order", "dc01000010000000" },
        { "or", "4f12000000000000" },
        { "shift left", "6701000020000000" },
        { "helper", "8500000084000000" },
        { "return", "9500000000000000" },
    };

    [Theory]
    [MemberData(nameof(Instructions))]
    public void Each_instruction_has_the_kernel_s_encoding(string name, string hex)
    {
        var code = new BpfAssembler();
        Append(code, name);

        Assert.Equal(hex, Convert.ToHexString(code.Assemble()), ignoreCase: true);
    }

    [Fact]
    public void A_jump_forward_counts_the_instructions_between()
    {
        var code = new BpfAssembler();
        code.JumpIf(BpfCondition.Equal, R1, 0, "end");
        code.LoadMap(R2, 1);
        code.Label("end");
        code.Return();

        Assert.Equal("1501020000000000", Convert.ToHexString(code.Assemble().AsSpan(0, 8)), ignoreCase: true);
    }

    [Fact]
    public void A_jump_back_is_negative()
    {
        var code = new BpfAssembler();
        code.Label("again");
        code.Move(R0, 0);
        code.Jump("again");

        Assert.Equal("0500feff00000000", Convert.ToHexString(code.Assemble().AsSpan(8, 8)), ignoreCase: true);
    }

    [Fact]
    public void A_jump_to_no_label_is_refused()
    {
        var code = new BpfAssembler();
        code.Jump("nowhere");

        Assert.Throws<InvalidOperationException>(() => code.Assemble());
    }

    [Fact]
    public void What_no_jump_leads_to_is_left_out()
    {
        var code = new BpfAssembler();
        code.JumpIf(BpfCondition.Equal, R1, 0, "zero");
        code.Jump("end");
        code.Move(R0, 1);
        code.JumpIf(BpfCondition.Equal, R0, 0, "nowhere");
        code.Label("unused");
        code.Move(R0, 2);
        code.Label("zero");
        code.Move(R0, 3);
        code.Label("end");
        code.Return();

        Assert.Equal(4, code.Count);
        Assert.Equal("1501010000000000" + "0500010000000000" + "b700000003000000" + "9500000000000000",
            Convert.ToHexString(code.Assemble()), ignoreCase: true);
    }

    [Fact]
    public void A_label_stands_once()
    {
        var code = new BpfAssembler();
        code.Label("here");

        Assert.Throws<InvalidOperationException>(() => code.Label("here"));
    }

    [Fact]
    public void The_listing_names_registers_labels_and_helpers()
    {
        var code = new BpfAssembler();
        code.Load(BpfSize.Word, R3, R7, 112);
        code.JumpIf(BpfCondition.SignedAtMost, R3, 0, "none");
        code.CallHelper(BpfHelper.RingSubmit);
        code.Label("none");
        code.Return();

        Assert.Equal("    0: r3 = u32 [r7+112]\n    1: if r3 s<= 0 goto none\n    2: call RingSubmit\nnone:\n    3: exit\n", code.List());
    }

    private static void Append(BpfAssembler code, string name)
    {
        switch (name)
        {
            case "move": code.Move(R1, R6); break;
            case "constant": code.Move(R2, 0xf0); break;
            case "load": code.Load(BpfSize.Half, R1, R9, 10); break;
            case "store": code.Store(BpfSize.Double, R8, -8, R1); break;
            case "store constant": code.Store(BpfSize.Word, R10, -8, 5); break;
            case "atomic add": code.AtomicAdd(R8, 8, R1); break;
            case "map": code.LoadMap(R1, 7); break;
            case "map value": code.LoadMapValue(R3, 7); break;
            case "constant of 64 bits": code.Move64(R5, 0x5566778811223344); break;
            case "network order": code.FromNetworkOrder(R1, BpfSize.Half); break;
            case "or": code.Alu(BpfOperation.Or, R2, R1); break;
            case "shift left": code.Alu(BpfOperation.ShiftLeft, R1, 32); break;
            case "helper": code.CallHelper(BpfHelper.RingSubmit); break;
            default: code.Return(); break;
        }
    }
}
