namespace DropMon.Fuzz;

/// <summary>Ends the process when one input takes too long: a hang is a failure, and no thread can be made to stop another.</summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Timer _timer;
    private readonly Action _onHang;
    private long _seen;
    private long _inputs;

    public Watchdog(Action onHang)
    {
        _onHang = onHang;
        _timer = new Timer(_ => Look(), null, Patience, Patience);
    }

    /// <summary>An input is done.</summary>
    public void Feed() => Volatile.Write(ref _inputs, _inputs + 1);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long now = Volatile.Read(ref _inputs);
        if (now == _seen)
        {
            _onHang();
        }

        _seen = now;
    }
}
