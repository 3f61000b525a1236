using System.Runtime.InteropServices;
using DropMon.Files;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Processes;

/// <summary>The command <c>dropmon</c>, as built beside these tests.</summary>
internal sealed class DropmonProcess(params string[] arguments) : ChildProcess(Executable, arguments, Runtime)
{
    private static readonly TimeSpan BetweenRings = TimeSpan.FromMilliseconds(200);

    /// <summary>The executable, for scenarios that start it by way of another program.</summary>
    public static string Executable => BuildOutput.Of("src/DropMon.Cli", "dropmon");

    /// <summary>The environment that it needs: it looks for the runtime in a few places only, and this process has found it.</summary>
    public static Dictionary<string, string> Runtime { get; } = new()
    {
        ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
    };

    /// <summary>Starts <c>dropmon watch --json</c> and waits until it hears of drops.</summary>
    public static DropmonProcess Watch(SourceUnderTest source, params string[] more)
    {
        var dropmon = new DropmonProcess(["watch", "--json", .. source.Arguments(), .. more]);
        try
        {
            // It says nothing before the first drop: so it is given some, of a kind that no scenario counts.
            using var doorbell = DropTraffic.Ipv6();
            do
            {
                Assert.False(dropmon.HasExited, dropmon.Errors);
                doorbell.Send(1);
            }
            while (dropmon.NextLine(BetweenRings) is null);
            return dropmon;
        }
        catch
        {
            dropmon.Dispose();
            throw;
        }
    }

    /// <summary>Reads lines of JSON until the packets of this traffic are there.</summary>
    public void WaitFor(DropTraffic traffic, long count)
    {
        while (count > 0)
        {
            count -= Parse([NextLine(line => line.StartsWith('{'))]).Where(traffic.Owns).Sum(alert => alert.Count);
        }

        Assert.Equal(0, count);
    }

    /// <summary>The alerts in lines of JSON.</summary>
    public static IReadOnlyList<DropAlert> Parse(IEnumerable<string> lines)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, lines);
            using AlertReader reader = AlertFile.OpenRead(file);
            var alerts = new List<DropAlert>();
            while (reader.TryRead(out DropAlert? alert))
            {
                alerts.Add(alert);
            }

            return alerts;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
