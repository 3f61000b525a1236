using System.Diagnostics;
using DropMon.Soak;

const int SampleSeconds = 10;

var options = new Options(args);
using var watched = new WatchedProcess(options);
using var traffic = new Traffic(options.Rate);
watched.Start();

// One packet at a time, each answered by one alert: then all before is reported, and counting can begin.
for (int answered = 0; answered < 3 && !watched.Process.HasExited;)
{
    long before = watched.Alerts;
    traffic.SendOne();
    answered = SpinWait.SpinUntil(() => watched.Alerts != before, TimeSpan.FromSeconds(1)) ? answered + 1 : 0;
}

if (watched.Process.HasExited)
{
    Console.Error.WriteLine("dropmon ended at once.");
    return 1;
}

// An alert may answer an earlier packet than the last: counting begins when none is under way.
long alertsBefore = watched.Alerts;
while (SpinWait.SpinUntil(() => watched.Alerts != alertsBefore, TimeSpan.FromSeconds(3)))
{
    alertsBefore = watched.Alerts;
}

long sentBefore = traffic.Sent;
var time = Stopwatch.StartNew();
var samples = new List<Sample>();
traffic.Start();
using var tick = new PeriodicTimer(TimeSpan.FromSeconds(SampleSeconds));
while (time.Elapsed.TotalMinutes < options.Minutes && await tick.WaitForNextTickAsync() && !watched.Process.HasExited)
{
    Sample sample = Sample.Take(watched.Process, time.Elapsed, traffic.Sent - sentBefore, watched.Alerts - alertsBefore);
    samples.Add(sample);
    Console.WriteLine(sample);
}

traffic.Stop();
int exitCode = watched.End();
long sent = traffic.Sent - sentBefore;
var verdict = new Verdict(samples, sent, watched.Alerts - alertsBefore, watched, exitCode);
string text = Report.Text(options, samples, sent, verdict);
Console.WriteLine(text);
if (options.ReportPath is { } path)
{
    Report.Write(path, options.Source, text);
}

Console.WriteLine(verdict.Failures.Count == 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
return verdict.Failures.Count == 0 ? 0 : 1;
