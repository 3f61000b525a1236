using DropMon.Kernel.Tracing;
using DropMon.Sources;
using DropMon.Sources.Tracepoint;

namespace DropMon.Tests.Sources.Tracepoint;

public class KfreeSkbDecoderTests
{
    [Theory]
    [InlineData("5.10", false)]
    [InlineData("6.1", true)]
    [InlineData("6.12", true)]
    [InlineData("7.2", true)]
    public void Each_kernel_s_format_names_its_reasons(string kernel, bool hasReasons)
    {
        TracepointFormat format = Format(kernel);

        Assert.Equal(hasReasons, new KfreeSkbLayout(format).HasReason);
        Assert.Equal(hasReasons, format.Symbols("reason").Values.Contains("NO_SOCKET"));
        Assert.True(format.Id > 0);
    }

    [Fact]
    public void Fields_are_where_each_kernel_keeps_them()
    {
        Assert.Equal(new TracepointField(16, 8), Format("5.10").Field("location"));
        Assert.Equal(new TracepointField(24, 2), Format("6.1").Field("protocol"));
        Assert.Equal(new TracepointField(32, 2), Format("6.12").Field("protocol"));
        Assert.Equal(new TracepointField(36, 4), Format("7.2").Field("reason"));
        Assert.Null(Format("5.10").Field("reason"));
    }

    [Theory]
    [MemberData(nameof(GoldenFiles.EachKernel), MemberType = typeof(GoldenFiles))]
    public void Each_kernel_s_samples_tell_place_protocol_reason_and_process(string kernel)
    {
        foreach (bool callchain in (bool[])[false, true])
        {
            var drop = default(RawDrop);

            Assert.True(Decoder(kernel, callchain).TryDecode(Sample(kernel, callchain), ref drop));

            Assert.Equal(0x800, drop.EtherType);
            Assert.True(drop.Address > 0xffff_8000_0000_0000);
            Assert.True(drop.ProcessId > 0);
            Assert.True(drop.UnixNanoseconds > 0);
            if (kernel != "5.10")
            {
                Assert.Equal("NO_SOCKET", Format(kernel).Symbols("reason")[drop.ReasonNumber]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(GoldenFiles.EachKernel), MemberType = typeof(GoldenFiles))]
    public void Each_kernel_s_call_chain_holds_the_place_of_the_drop(string kernel)
    {
        var drop = default(RawDrop);
        Decoder(kernel, callchain: true).TryDecode(Sample(kernel, callchain: true), ref drop);

        // The marker of the kernel's part is no frame.
        Assert.True(drop.StackTrace[0] < unchecked((ulong)-4095L));
        Assert.Contains(drop.Address, drop.StackTrace.ToArray());
    }

    [Theory]
    [MemberData(nameof(GoldenFiles.EachKernel), MemberType = typeof(GoldenFiles))]
    public void Damaged_samples_raise_no_exception(string kernel)
    {
        foreach (bool callchain in (bool[])[false, true])
        {
            KfreeSkbSampleDecoder decoder = Decoder(kernel, callchain);
            byte[] sample = Sample(kernel, callchain);
            foreach (byte[] bytes in HostileBytes.Of(sample))
            {
                var drop = default(RawDrop);
                _ = decoder.TryDecode(bytes, ref drop);
            }

            var cut = default(RawDrop);
            Assert.False(decoder.TryDecode(sample.AsSpan(0, 20), ref cut));
        }
    }

    [Fact]
    public void Damaged_formats_parse_or_are_typed_errors()
    {
        // Its own fields and the first of the reasons: the other hundred are alike.
        byte[] format = File.ReadAllBytes(GoldenFiles.PathOf("6.1", "kfree_skb.format"));
        int reasons = format.AsSpan().IndexOf("__print_symbolic"u8);
        foreach (byte[] bytes in HostileBytes.Of(format[..(reasons + 100)]))
        {
            Exception? error = Record.Exception(() =>
            {
                TracepointFormat format = TracepointFormat.Parse(System.Text.Encoding.Latin1.GetString(bytes));
                _ = format.Symbols("reason");
                var drop = default(RawDrop);
                _ = new KfreeSkbLayout(format).TryRead(new byte[64], ref drop);
            });

            Assert.True(error is null or TracepointFormatException, error?.ToString());
        }
    }

    [Theory]
    [InlineData(2147483640)]
    [InlineData(70000)]
    public void A_field_outside_of_any_record_is_refused(int offset)
    {
        string text = Text("6.12").Replace("offset:16;", $"offset:{offset};", StringComparison.Ordinal);

        Assert.Throws<TracepointFormatException>(() => new KfreeSkbLayout(TracepointFormat.Parse(text)));
    }

    [Fact]
    public void A_format_without_an_id_is_refused() =>
        Assert.Throws<TracepointFormatException>(() => TracepointFormat.Parse("name: kfree_skb\n"));

    [Fact]
    public void A_format_without_the_location_is_refused() =>
        Assert.Throws<TracepointFormatException>(
            () => new KfreeSkbLayout(TracepointFormat.Parse("ID: 5\n\tfield:unsigned short protocol;\toffset:24;\tsize:2;\tsigned:0;\n")));

    [Fact]
    public void Numbers_in_hexadecimal_are_read() =>
        Assert.Equal(
            "B",
            TracepointFormat.Parse("ID: 5\nprint fmt: \"%s\", __print_symbolic(REC->reason, { 1, \"A\" }, { 0x1F, \"B\" })")
                .Symbols("reason")[31]);

    private static KfreeSkbSampleDecoder Decoder(string kernel, bool callchain) => new(new KfreeSkbLayout(Format(kernel)), callchain);

    private static byte[] Sample(string kernel, bool callchain) => GoldenFiles.Bytes(kernel, callchain ? "sample-callchain" : "sample");

    private static TracepointFormat Format(string kernel) => TracepointFormat.Parse(Text(kernel));

    private static string Text(string kernel) => GoldenFiles.Text(kernel, "kfree_skb.format");
}
