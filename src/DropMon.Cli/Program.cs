using DropMon.Monitoring;
using var m = DropMonitor.Start(new DropMonitorOptions());
foreach (var n in m.GetStatus().Notes) Console.WriteLine(n);
var buf = new DropMon.DropAlert[64];
var end = Environment.TickCount64 + int.Parse(args[0]) * 1000;
int total = 0;
while (Environment.TickCount64 < end) { int n = m.Take(buf, TimeSpan.FromMilliseconds(200)); total += n; if (total < 30) for (int i = 0; i < n; i++) Console.WriteLine($"{buf[i].Timestamp:HH:mm:ss.ffffff} {buf[i].InterfaceName} {buf[i].Protocol} {buf[i].ProcessName} {buf[i]}"); }
m.Stop();
while (true) { int n = m.Take(buf, TimeSpan.Zero); total += n; if (n == 0) break; }
Console.WriteLine(total);
Console.WriteLine(m.GetStatus());
Console.WriteLine(m.GetLedger());
return 0;
