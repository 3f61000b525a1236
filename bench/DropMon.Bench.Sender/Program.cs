using System.Globalization;
using DropMon.Bench.Sender;

const string Usage = "usage: DropMon.Bench.Sender COUNT [--rate PER_SECOND] [--port PORT] [--cpu CPU]";

long count = 0;
long rate = 0;
int port = 0;
int? cpu = null;
for (int i = 0; i < args.Length; i++)
{
    if (i == 0 && long.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out count))
    {
        continue;
    }

    if (i == 0 || i + 1 >= args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    switch (args[i++])
    {
        case "--rate":
            rate = value;
            break;
        case "--port":
            port = value;
            break;
        case "--cpu":
            cpu = value;
            break;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

using var flood = new Flood(port, cpu);
FloodResult result = flood.Send(count, rate);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{result.Sent} packets, {result.WallNanoseconds / (double)result.Sent:0.0} ns a packet, "
        + $"{result.CpuNanoseconds / (double)result.Sent:0.0} ns of CPU a packet"));
return 0;
