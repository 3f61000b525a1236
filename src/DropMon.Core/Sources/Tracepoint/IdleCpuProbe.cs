using System.Runtime.InteropServices;
using DropMon.Machine;
using DropMon.Native;

namespace DropMon.Sources.Tracepoint;

/// <summary>
/// Whether the kernel writes perf records of what a CPU does while it is idle. Kernels have been seen that count a tracepoint's hits there
/// and write no record, on some CPUs: drops in the interrupts of an idle CPU, and a network card's packets are handled there, are then
/// counted only.
/// </summary>
internal static class IdleCpuProbe
{
    private const int MostNaps = 20;
    private const int MostThreads = 8;

    /// <summary>
    /// Puts each CPU that is online to sleep for some moments and looks at the records of its context switches, those that end its idling
    /// among them.
    /// </summary>
    /// <exception cref="SyscallException">Events are unavailable.</exception>
    public static IReadOnlyList<IdleCpu> Look()
    {
        var events = new List<SwitchEvent>();
        try
        {
            foreach (int cpu in CpuList.ReadOnline())
            {
                events.Add(new SwitchEvent(cpu));
            }

            int share = (events.Count + MostThreads - 1) / MostThreads;
            Thread[] sleepers = [.. events.Chunk(Math.Max(1, share)).Select(some => new Thread(() => Array.ForEach(some, e => e.Nap())))];
            Array.ForEach(sleepers, sleeper => sleeper.Start());
            Array.ForEach(sleepers, sleeper => sleeper.Join());
            return [.. events.Select(e => e.End())];
        }
        finally
        {
            events.ForEach(e => e.Dispose());
        }
    }

    /// <summary>The context switches of one CPU.</summary>
    private sealed class SwitchEvent : IDisposable
    {
        private readonly int _cpu;
        private readonly SafeFileDescriptor _event;
        private readonly PerfRing _ring;
        private ulong _read;
        private bool _isIdleSeen;

        public SwitchEvent(int cpu)
        {
            _cpu = cpu;
            var attributes = new PerfEventAttributes
            {
                Type = PerfEvent.TypeSoftware,
                Config = PerfEvent.SoftwareContextSwitches,
                SamplePeriod = 1,
                SampleType = PerfEvent.SampleTid,
                Flags = PerfEvent.FlagDisabled,
            };
            _event = PerfEvent.OpenCounting(ref attributes, cpu);
            try
            {
                _ring = new PerfRing(_event, Environment.SystemPageSize);
                // What happens before there is a ring would have no record either.
                PerfEvent.SetEnabled(_event, true);
            }
            catch
            {
                _ring?.Dispose();
                _event.Dispose();
                throw;
            }
        }

        /// <summary>Sleeps on the CPU again and again, until the end of an idling was recorded.</summary>
        public void Nap()
        {
            try
            {
                ThreadAffinity.StayOn(_cpu);
            }
            catch (SyscallException)
            {
                // Not a CPU of this process (cpuset): what else runs there must do.
            }

            for (int i = 0; i < MostNaps && !_isIdleSeen; i++)
            {
                Thread.Sleep(1);
                Read();
            }
        }

        public IdleCpu End()
        {
            PerfEvent.SetEnabled(_event, false);
            Read();
            ulong hits = PerfEvent.ReadCount(_event, out ulong? lost);
            long unrecorded = lost is null ? 0 : (long)(hits - _read - lost);
            // Each nap of an idle CPU ends in a switch. A few without a record are others', of a process that is about to be gone for
            // instance.
            return new IdleCpu(_cpu, _isIdleSeen, !_isIdleSeen && unrecorded >= MostNaps / 2);
        }

        public void Dispose()
        {
            _ring.Dispose();
            _event.Dispose();
        }

        private void Read()
        {
            _ring.Begin();
            while (_ring.TryRead(out uint type, out ReadOnlySpan<byte> body))
            {
                if (type == PerfRing.RecordSample)
                {
                    _read++;
                    // u32 pid, u32 tid: the idle task has neither.
                    _isIdleSeen |= MemoryMarshal.Read<ulong>(body) == 0;
                }
            }

            _ring.Release();
        }
    }
}

/// <summary>What is known of the records of a CPU that idles.</summary>
/// <param name="Cpu">Its number.</param>
/// <param name="IsRecorded">A record of the idle task was seen.</param>
/// <param name="IsSwallowed">Hits were counted that there is no record of.</param>
internal readonly record struct IdleCpu(int Cpu, bool IsRecorded, bool IsSwallowed);
