using System.Text;
using DropMon.Filters;
using DropMon.Text;

namespace DropMon.Fuzz.Targets;

/// <summary>The JSON form of a filter, as another process may send it.</summary>
internal sealed class FilterTarget : FuzzTarget
{
    private static readonly DropAlert[] Alerts =
    [
        new(new DropSite(), DateTimeOffset.UnixEpoch),
        new(
            new DropSite { Reason = "NO_SOCKET", Function = "udp_rcv", Class = DropClass.Udp },
            DateTimeOffset.UnixEpoch) { InterfaceName = "br[0]", EtherType = 0x88b5 },
    ];

    public override string Name => "filter";

    public override int Share => 40;

    public override IEnumerable<byte[]> Seeds =>
    [
        "{}"u8.ToArray(),
        """{"Reason":["NO_*","TCP_CSUM"],"Function":["*_rcv"],"Class":["Udp","Tcp"],"Significance":["Loss"],"InterfaceName":["eth[0-9]*"],"Protocol":["UDP","0x88*"]}"""u8.ToArray(),
        """{"Address":["10.0.0.0/8","fe80::/10"],"Port":["53","1024-65535"],"NetworkNamespace":["net:[4026531840]"],"ProcessName":["n*"]}"""u8.ToArray(),
        """{ "InterfaceName" : [ "br`[0`]", "\u0061\\*", "\ud83d\ude00" ] }"""u8.ToArray(),
    ];

    public override IEnumerable<byte[]> Tokens =>
        new[] { "\"Reason\":[", "\"Protocol\":[\"", "\"InterfaceName\"", "\"]", "[a-z]", "[", "`", "\\ud800", "*", "?", ",", "null",
            "\"Address\":[\"", "::", "/32", "\"Port\":[\"", "1-2", "/**/" }.Select(Encoding.UTF8.GetBytes);

    // A condition may have 256 patterns, each compiled, and an object for the protocols.
    public override long MostAllocation(int inputLength) => (256 * 1024) + (inputLength * 2048L);

    public override void Run(ReadOnlySpan<byte> input)
    {
        DropFilter filter;
        try
        {
            filter = FilterJson.Read(input);
        }
        catch (FilterException error)
        {
            Invariant.IsSafe(error.Message);
            return;
        }

        Invariant.That(FilterJson.Read(FilterJson.Write(filter)).Equals(filter), "what was written is read as the same filter");
        foreach (DropAlert alert in Alerts)
        {
            Invariant.That(!filter.IsEmpty || filter.Matches(alert), "a filter without conditions wants every alert");
            Invariant.That(
                !filter.Matches(alert)
                    || filter.Conditions.All(condition => condition.Field != FilterField.Reason || alert.Reason is not null),
                    "an alert without a reason is not wanted for one");
        }

        foreach (string value in filter.Conditions.SelectMany(condition => condition.Values))
        {
            Invariant.That(NamePattern.Of(value).Matches(value), "an escaped name stands for itself");
        }
    }
}
