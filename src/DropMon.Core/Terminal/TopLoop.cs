using DropMon.Sessions.Measurement;

namespace DropMon.Terminal;

/// <summary>Shows what a meter counts, a frame at each interval.</summary>
/// <param name="meter">What counts.</param>
/// <param name="interval">The time between frames.</param>
/// <param name="duration">How long in all; null for until the meter ends.</param>
internal sealed class TopLoop(DropMeter meter, TimeSpan interval, TimeSpan? duration)
{
    private readonly TopModel _model = new();
    private long _shown;

    /// <summary>How many frames were shown after the first. May be read from any thread.</summary>
    public long Shown => Interlocked.Read(ref _shown);

    private bool IsOver => meter.Elapsed >= duration || meter.WaitForEnd(TimeSpan.Zero);

    /// <summary>Shows frames until the time is over, the user ends it, or the meter ends.</summary>
    public void Run(ITopScreen screen)
    {
        screen.Show(Look());
        TimeSpan next = meter.Elapsed + interval;
        while (!screen.IsEnding && !IsOver)
        {
            TimeSpan left = next - meter.Elapsed;
            TimeSpan rest = duration - meter.Elapsed ?? TimeSpan.MaxValue;
            left = rest < left ? rest : left;
            if (left > TimeSpan.Zero && screen.Wait(left))
            {
                screen.Redraw();
            }
            else if (meter.Elapsed >= next)
            {
                screen.Show(Look());
                Interlocked.Increment(ref _shown);
                next = meter.Elapsed + interval;
            }
        }
    }

    /// <summary>A frame of what is counted now.</summary>
    public TopFrame Look() => _model.Look(meter);
}
