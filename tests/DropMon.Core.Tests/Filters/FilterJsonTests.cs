using System.Net;
using System.Text;
using DropMon.Filters;

namespace DropMon.Tests.Filters;

public class FilterJsonTests
{
    private const int Seed = 14;
    private const int Filters = 2000;

    private static readonly string[] Pieces =
        [
            "*", "?", "[a-z]", "[0-9_]", "`*", "\\?", "``", "NO_", "tcp_", "eth0", "\"", "\\", "/", "\u0001", "é", "\ud83d\ude00", "\u202e",
            " ", ",", "}"
        ];

    [Fact]
    public void Nothing_is_asked_by_an_empty_object()
    {
        Assert.Equal("{}", Encoding.UTF8.GetString(FilterJson.Write(DropFilter.None)));
        Assert.Equal(DropFilter.None, FilterJson.Read("{ }"u8));
    }

    [Fact]
    public void A_condition_is_a_list_of_texts()
    {
        DropFilter filter = DropFilter.None.With(FilterField.Class, "U*").With(FilterField.Reason, "SKB_DROP_REASON_NO_*", "TCP_CSUM");

        Assert.Equal("""{"Reason":["NO_*","TCP_CSUM"],"Class":["Unknown","Udp"]}""", Encoding.UTF8.GetString(FilterJson.Write(filter)));
    }

    [Fact]
    public void Every_filter_that_can_be_made_is_read_as_it_was_written()
    {
        var random = new Random(Seed);
        for (int i = 0; i < Filters; i++)
        {
            DropFilter filter = Make(random);
            byte[] json = FilterJson.Write(filter);

            DropFilter read = FilterJson.Read(json);

            Assert.Equal(filter, read);
            Assert.Equal(json, FilterJson.Write(read));
        }
    }

    [Theory]
    [InlineData("", "byte 0")]
    [InlineData("[]", "byte 0")]
    [InlineData("null", "byte 0")]
    [InlineData("{", "byte 0")]
    [InlineData("{}{}", "byte 2")]
    [InlineData("""{"Reason":"NO_*"}""", "byte 10")]
    [InlineData("""{"Reason":null}""", "byte 10")]
    [InlineData("""{"Reason":["a",1]}""", "byte 15")]
    [InlineData("""{"Reason":["a",["b"]]}""", "byte 15")]
    [InlineData("""{"Reason":["a"],"Reason":["b"]}""", "byte 16")]
    [InlineData("""{"reason":["a"]}""", "byte 1")]
    [InlineData("""{"Reson":["a"]}""", "byte 1")]
    [InlineData("""{"Reason":["a"],}""", "byte 16")]
    [InlineData("""{/*all*/}""", "byte 1")]
    [InlineData("""{"Reason":["\ud800"]}""", "byte 11")]
    [InlineData("""{"Reason":[]}""", "Reason")]
    [InlineData("""{"Reason":["a","[b"]}""", "Reason[1]")]
    [InlineData("""{"Class":["Udp","Udb"]}""", "Class[1]")]
    [InlineData("""{"Significance":[""]}""", "Significance[0]")]
    public void What_is_no_filter_is_an_error_that_says_where(string json, string where)
    {
        FilterException error = Assert.Throws<FilterException>(() => FilterJson.Read(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(where, error.Where);
        Assert.NotEmpty(error.Remedy!);
    }

    [Fact]
    public void A_misspelt_condition_is_an_error_that_tells_what_may_be_meant() =>
        Assert.Equal("Did you mean Protocol?", Assert.Throws<FilterException>(() => FilterJson.Read("""{"Protocols":["UDP"]}"""u8)).Remedy);

    [Fact]
    public void Text_from_outside_is_safe_to_show() =>
        Assert.DoesNotContain('\u001b', Assert.Throws<FilterException>(() => FilterJson.Read("{\"\\u001b[2J\":[\"a\"]}"u8)).Message);

    [Fact]
    public void Long_lists_and_long_filters_are_refused()
    {
        string many = string.Join(',', Enumerable.Repeat("\"a\"", FilterFields.MostValues + 1));
        byte[] blank = Encoding.UTF8.GetBytes("{}".PadRight(FilterJson.MostBytes + 1));

        Assert.Throws<FilterException>(() => FilterJson.Read(Encoding.UTF8.GetBytes($$"""{"Reason":[{{many}}]}""")));
        Assert.Throws<FilterException>(
            () => FilterJson.Read(Encoding.UTF8.GetBytes($$"""{"Reason":["{{new string('a', FilterFields.MostLength + 1)}}"]}""")));
        Assert.Throws<FilterException>(() => FilterJson.Read(blank));
        Assert.Equal(DropFilter.None, FilterJson.Read(blank.AsSpan(..^1)));
    }

    private static DropFilter Make(Random random)
    {
        DropFilter filter = DropFilter.None;
        foreach (FilterField field in Enum.GetValues<FilterField>().Where(_ => random.Next(2) == 0))
        {
            string[] values = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => field switch
            {
                FilterField.Class => random.GetItems(Enum.GetNames<DropClass>(), 1)[0],
                FilterField.Significance => random.GetItems(Enum.GetNames<DropSignificance>(), 1)[0],
                FilterField.Address or FilterField.SourceAddress or FilterField.DestinationAddress => Address(random),
                FilterField.Port or FilterField.SourcePort or FilterField.DestinationPort => Ports(random),
                FilterField.NetworkNamespace => $"net:[{random.Next(1, int.MaxValue)}]",
                _ => string.Concat(random.GetItems(Pieces, random.Next(1, 6))),
            })];
            filter = filter.With(field, values);
        }

        return filter;
    }

    private static string Address(Random random)
    {
        byte[] bytes = new byte[random.Next(2) == 0 ? 4 : 16];
        random.NextBytes(bytes);
        return $"{new IPAddress(bytes)}/{random.Next((bytes.Length * 8) + 1)}";
    }

    private static string Ports(Random random)
    {
        int first = random.Next(65536);
        return $"{first}-{random.Next(first, 65536)}";
    }
}
