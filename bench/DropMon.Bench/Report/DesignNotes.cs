namespace DropMon.Bench.Report;

/// <summary>The end of the document: what was tried, and what it gave when it was tried. History, hence not measured again.</summary>
internal static class DesignNotes
{
    public const string Text = """
        ## What was tried

        Ratios of the day on which each was tried, before and after on the same machine.

        - **Waking the reader.** The kernel wakes at a watermark, which holds back a lone drop for ever, or at every record, which costs the
          sender an interrupt a packet. First there was a second event that rang at every drop and was switched off in storms: near
          the threshold, and on a busy machine, it toggled, and the sender's packet cost 1.5 times what it costs under `perf record`. Now
          the bell rings once: `PERF_EVENT_IOC_REFRESH` has the kernel itself switch it off after the first drop, the reader looks every
          10 ms while drops come, and arms it again after a look that found nothing. The sender's ratio to `perf record` went from 1.5
          to 1.0, and the reader's own CPU an alert fell by 45 %.
        - **Ring size.** Large rings (8 MB a CPU) outlast a reader that the scheduler or a garbage collection holds up for half a second at 200,000
          drops a second; the records pass through the cache but once either way.
        - **Native code beforehand (ReadyToRun).** Of the CPU time to the first drop, half was the just-in-time compiler: 1000 methods, 200
          with ReadyToRun. Code that the compiler of .NET 8 makes is passed over by .NET 10: the build uses that of its own SDK. The command as one file
          carries a runtime, and native code for that one: its first alert comes after 166 ms instead of 266, with a file of 80 MB instead of 68.
          The module's package has none, since native code is of one architecture and one runtime: its first alert takes 50 ms
          longer (190 ms instead of 136, of 300 allowed), Import-Module no longer at all. A set of assemblies for each architecture, picked
          while the module loads, was not worth that. Compiling the command and its libraries as one unit left 180 of the 200 methods and gained nothing.
        - **The first alert of the command.** From 228 ms to 130: 26 to 40 because the symbols are read while the source opens (asking
          whether the kernel hides addresses had once read them, then no longer did), 47 because the last alert of `--count` is shown before
          the kernel closes its events, and the view is made after the source. Reading the symbols before the
          options are parsed would give 15 more, for a special case in the program's first line. What gave nothing: making the options of the asked
          verb alone, no background garbage collection, a smaller youngest generation, writable code pages. Without tiered
          compilation it takes 15 ms longer. Most of what is left is the runtime's start (32 ms), the kernel printing its symbols and types that are loaded.
        - **Debug information that is not there.** Without it libdw read all of /proc/kallsyms in 5400 calls before it said so, a third of the CPU time to
          the first alert: now the places where it can be are looked at first.
        - **Import-Module.** From 97 ms of CPU to 54. The type file named .NET types without their assembly, and PowerShell looks for such a name in every
          loaded assembly without regard to case: 20 ms. The manifest's lists had their values on lines without commas, each a
          statement, which PowerShell compiles and runs: 14 ms. Thirteen files of views are one now, since each is looked up along drives and mounts:
          5 ms, and what converts alerts is made when one is converted: 2 ms. Views without any script blocks gave nothing. What is left is
          PowerShell's own: an empty module takes 25 ms, comparing names of cmdlets by the user's culture for the first time 6, its telemetry 4.
        - **Symbols.** Reading /proc/kallsyms is the kernel printing it, 4 KB a call; nothing of ours makes that faster. Beside it, parsing eight digits
          at a time and copying the table once, not three times, brought loading from 1.25 to 1.17 times the reading. A binary search over
          120,000 addresses took 420 ns for random functions, cold caches and a string made each time; a directory of equal parts of the
          address range and names kept once made, 110 to 130 ns; names beside their addresses instead of in objects of their own, 51 ns: a cold
          lookup waits for memory, so what counts is how often.
        - **Objects.** An alert refers to its site (function, reason, class, explanation), which is made once; the packet is dissected on
          request. Pooling alerts was not done: a pipeline may keep any of them, and the garbage collector holds the reader up for
          no longer than the note at `tracepoint-cpu` says.
        - **Reading files ahead.** A thread of its own parses some hundred alerts ahead of the pipeline, which keeps one thread busy anyway:
          `Group-Object` went from 0.66 of bare objects to 0.81, `Where-Object` from 0.77 to 0.88.
        - **Idle.** The tracepoint was looked at without a ring after 1, 2, 4 ... 60 seconds, in case this kernel's bells do not ring when armed again. Now a
          watch that begins tries that on its own context switches, which takes a millisecond, and looks once a minute where they ring. Half a minute after
          the start, when the runtime has ended the threads it no longer needs, what wakes is its finalizer thread, once in ten seconds. The drop monitor's
          switch has no bell: it is asked after 1, 2, 4 and then every 8 seconds of silence, where it was every second.
        - **Filters in the kernel** (`PERF_EVENT_IOC_SET_FILTER`) were left out: the filter would have to be written in terms of reason numbers and
          addresses, and what it rejects would be missing from the ledger. Under What to choose stands what it would spare the sender.
        - **Several reader threads** were left out: one thread keeps up with what two CPUs can drop at full speed several times over.

        """;
}
