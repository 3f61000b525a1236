using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DropMon.Files.Json;

namespace DropMon.Tests.Files;

/// <summary>Bytes of JSON are those that Utf8JsonWriter writes.</summary>
public sealed class JsonPropertiesTests
{
    private static readonly byte[] Name = JsonProperties.Name("Name");

    [Theory]
    [InlineData("")]
    [InlineData("eth0")]
    [InlineData("all of ASCII: !#$%&'()*+,-./09:;<=>?@AZ[]^_`az{|}~")]
    [InlineData("a \"quoted\" \\ text")]
    [InlineData("a line\nand\ta tab\u0001\u001f\u007f")]
    [InlineData("Grüße, 日本, 🐧")]
    [InlineData("half a pair \ud83d of surrogates")]
    [InlineData("\u2028\u2029\u0085\ufeff")]
    public void ATextIsEscapedAsByTheWriterOfTheFramework(string text) =>
        Assert.Equal(Expected(json => json.WriteString("Name", text)), Written(json => json.WriteText(Name, text)));

    [Fact]
    public void EveryCharacterIsEscapedAsByTheWriterOfTheFramework() =>
        Assert.All(
            Enumerable.Range(0, char.MaxValue + 1).Select(code => $"a{(char)code}").Chunk(1024).Select(chunk => string.Concat(chunk)),
            text => Assert.Equal(Expected(json => json.WriteString("Name", text)), Written(json => json.WriteText(Name, text))));

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void ANumberHasAllItsDigits(long number) =>
        Assert.Equal(Expected(json => json.WriteNumber("Name", number)), Written(json => json.WriteNumber(Name, number)));

    [Fact]
    public void AnUnsignedNumberHasAllItsDigits() =>
        Assert.Equal(
            Expected(json => json.WriteNumber("Name", ulong.MaxValue)), Written(json => json.WriteNumber(Name, ulong.MaxValue)));

    [Theory]
    [InlineData(0ul, "0x0")]
    [InlineData(ulong.MaxValue, "0xffffffffffffffff")]
    public void AnAddressIsHexadecimal(ulong address, string text) =>
        Assert.Equal(Expected(json => json.WriteString("Name", text)), Written(json => json.WriteAddress(Name, address)));

    [Theory]
    [InlineData("0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999+14:00")]
    public void ATimeHasItsFractionAndItsZone(string text) =>
        Assert.Equal(
            Expected(json => json.WriteString("Name", text)),
            Written(json => json.WriteTime(Name, DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100_000)]
    public void BytesAreBase64HoweverManyThereAre(int count)
    {
        byte[] bytes = [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31))];
        Assert.Equal(Expected(json => json.WriteBase64String("Name", bytes)), Written(json => json.WriteBytes(Name, bytes)));
    }

    [Fact]
    public void ALongTextFindsRoomBehindOtherProperties() =>
        Assert.Equal(
            Expected(json =>
            {
                json.WriteNumber("Name", 1);
                json.WriteString("Name", new string('ü', 50_000));
            }),
            Written(json =>
            {
                json.WriteNumber(Name, 1L);
                json.WriteText(Name, new string('ü', 50_000));
            }));

    [Fact]
    public void NullIsLeftOut() => Assert.Equal("{}", Written(json => json.WriteText(Name, null)));

    private static string Written(Action<JsonProperties> write)
    {
        var json = new JsonProperties();
        write(json);
        json.CloseObject(0);
        return Encoding.UTF8.GetString(json.Written);
    }

    private static string Expected(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
