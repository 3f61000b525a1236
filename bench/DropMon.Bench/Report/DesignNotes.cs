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
        - **Native code beforehand (ReadyToRun).** Of the CPU time to the first drop, half was the just-in-time compiler: 1000 methods, 160
          with ReadyToRun. Code that the compiler of .NET 8 makes is passed over by .NET 10: the build uses that of its own SDK.
        - **Debug information that is not there.** Without it libdw read all of /proc/kallsyms in 5400 calls before it said so, a third of the CPU time to
          the first alert: now the places where it can be are looked at first. Symbols load while the source opens.
        - **Import-Module.** Of what it adds, two thirds are the views, a quarter the type file, the rest the assemblies. One file of all views
          instead of thirteen gave nothing: PowerShell's own reading of a view is what takes the time.
        - **Symbols.** Reading /proc/kallsyms is the kernel printing it, 4 KB a call; nothing of ours makes that faster. Beside it, parsing eight digits
          at a time and copying the table once, not three times, brought loading from 1.25 to 1.17 times the reading. A binary search over
          120,000 addresses took 420 ns for random functions, cold caches and a string made each time; a directory of equal parts of the
          address range and names kept once made, 110 ns, both beside 25 busy programs.
        - **Objects.** An alert refers to its site (function, reason, class, explanation), which is made once; the packet is dissected when somebody
          asks. Pooling alerts was not done: a pipeline may keep any of them, and at 170 bytes the collector's share is small.
        - **Filters in the kernel** (`PERF_EVENT_IOC_SET_FILTER`) were left out: the filter would have to be written in terms of reason numbers and
          addresses, and what it rejects would be missing from the ledger.
        - **Several reader threads** were left out: one thread keeps up with what two CPUs can drop at full speed several times over.

        """;
}
