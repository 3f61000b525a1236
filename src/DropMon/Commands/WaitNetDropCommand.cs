using System.Management.Automation;
using DropMon.Output;
using DropMon.Pipeline;
using DropMon.Sessions.Measurement;

namespace DropMon.Commands;

/// <summary>Waits for a drop, or for a rate of drops: returns the alert, or the measurement, that met the condition.</summary>
[Cmdlet(VerbsLifecycle.Wait, "NetDrop")]
[OutputType(typeof(DropAlert), typeof(DropMeasurement))]
public sealed class WaitNetDropCommand : DropCommand
{
    private readonly SessionOutput _output;
    private readonly PipelineRun _run;
    private readonly AlertStream _stream;
    private readonly DropCount _count;

    /// <summary>For PowerShell.</summary>
    public WaitNetDropCommand()
    {
        _output = new SessionOutput(this);
        _run = Own(new PipelineRun(this, Fail));
        _stream = new AlertStream(this, _run, new ObjectSink(this, _output));
        _count = new DropCount(this, _run, _output);
    }

    /// <summary>Waits until this many packets are dropped within a second, and returns the counts by group.</summary>
    [Parameter]
    [ValidateRange(0.001, 1e12)]
    public double? MinPerSecond { get; set; }

    /// <summary>How long to wait at most: seconds, or a TimeSpan; for ever if not given.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Returns nothing when the time is over, instead of an error.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (MinPerSecond is { } rate)
        {
            WaitForRate(rate);
            return;
        }

        DropLedger ledger = _stream.Watch(Timeout, 1);
        if (ledger.Delivered == 0)
        {
            GiveUp("matching drop", ledger);
        }
    }

    private void WaitForRate(double rate) =>
        _count.Measure(new DropMeterOptions { MinPerSecond = rate }, Timeout, $"Waiting for {rate} drops per second", meter =>
        {
            DropLedger ledger = meter.GetLedger();
            _output.Report(ledger);
            if (meter.IsRateReached)
            {
                WriteObject(meter.Read(), enumerateCollection: true);
                return;
            }

            meter.ThrowIfFailed();
            GiveUp(FormattableString.Invariant($"second with {rate} matching drops"), ledger);
        });

    private void GiveUp(string awaited, DropLedger ledger)
    {
        if (!Quiet && !Stopping)
        {
            Fail(new WaitTimeoutException(awaited, Timeout ?? TimeSpan.Zero, ledger));
        }
    }
}
