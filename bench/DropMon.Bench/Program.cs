using DropMon.Bench;
using DropMon.Bench.Programs;
using DropMon.Bench.Report;

return args switch
{
    ["collect", string source] => Collector.Run(source),
    ["collect", string source, string ringSize] => Collector.Run(source, ringSize),
    ["reject", string source, string field, string value] => Rejecter.Run(source, field, value),
    ["measure", string source] => Meter.Run(source),
    ["report", string json, string document] => ReportCommand.Run(json, document),
    ["compare", .. string[] rest] => CompareCommand.Run(rest),
    _ => throw new ArgumentException("bench/run starts this program."),
};
