using System.Runtime.CompilerServices;
using DropMon.Fuzz;

// The assembly under attack must not be loaded before it counts its branches.
Coverage.Prepare();
return Start(args);

[MethodImpl(MethodImplOptions.NoInlining)]
static int Start(string[] args) => CommandLine.Run(args);
