using DropMon.Bench.Harness;

namespace DropMon.Bench.Report;

/// <summary>Writes the document about performance from what a run measured.</summary>
internal static class ReportCommand
{
    public static int Run(string json, string document)
    {
        File.WriteAllText(document, new PerformanceDocument(ResultFile.Read(json)).Write());
        return 0;
    }
}
