using DropMon.Filters;
using DropMon.Sessions.Measurement;

namespace DropMon.Sessions;

/// <summary>
/// One source and any number of listeners. The source runs from the first listener on, until the owner of the session stops it; listeners
/// come and go meanwhile, and none of them waits for another. All members may be called from any thread.
/// </summary>
public interface IDropSession : IDisposable
{
    /// <summary>
    /// What must not be overlooked so far, as in <see cref="DropMonitorStatus.Warnings"/>; asking for it costs next to nothing.
    /// </summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>How long after a drop the kernel reports it: a second in summary mode.</summary>
    TimeSpan ReportingDelay { get; }

    /// <summary>What it is and what its source has done so far, independent of listeners.</summary>
    DropMonitorStatus GetStatus();

    /// <summary>Listens to alerts from now on.</summary>
    IAlertListener Listen(ListenerOptions options);

    /// <summary>Counts drops from now on, without an object for each.</summary>
    /// <param name="filter">Which drops count.</param>
    /// <param name="options">How to count.</param>
    IMeasuringListener Measure(DropFilter filter, DropMeterOptions options);

    /// <summary>Waits until the listeners have what was dropped until now, for two seconds at most.</summary>
    void Flush();

    /// <summary>Raises the error that ended the source, if one did.</summary>
    /// <exception cref="DropMonException">The source failed.</exception>
    void ThrowIfFailed();

    /// <summary>Asks the source to end, and does not wait.</summary>
    void RequestStop();

    /// <summary>Waits until the source has ended: by request or by an error.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns>Whether it has ended.</returns>
    bool WaitForEnd(TimeSpan timeout);

    /// <summary>Waits for the reports of what has been dropped until now, then stops.</summary>
    void StopAfterReports();

    /// <summary>Stops receiving and leaves the kernel as it was. What listeners have buffered or counted can still be read.</summary>
    void Stop();
}

/// <summary>Takes part in a session with a filter and a ledger of its own; disposing it leaves the session.</summary>
public interface IDropListener : IDisposable
{
    /// <summary>What the session is, with this listener's ledger and buffer.</summary>
    DropMonitorStatus GetStatus();

    /// <summary>What became of the drops since it listens.</summary>
    DropLedger GetLedger();
}

/// <summary>
/// Buffers the alerts that its filter wants, a bounded number of them. What finds no room is counted, and no listener waits.
/// </summary>
public interface IAlertListener : IDropListener
{
    /// <summary>Whether no more will come and no alert is left to take.</summary>
    bool IsDrained { get; }

    /// <summary>Takes out buffered alerts, oldest first, waiting for the first.</summary>
    /// <param name="destination">Where to put them.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <returns>How many; 0 when none came in time, none is left and none will come, or there is something new in
    /// <see cref="IDropSession.Warnings"/>.</returns>
    /// <exception cref="DropMonException">The source failed, and all that came before has been taken.</exception>
    int Take(Span<DropAlert> destination, TimeSpan timeout);

    /// <summary>A copy of the buffered alerts, oldest first, those of drops until now included.</summary>
    IReadOnlyList<DropAlert> Snapshot();
}

/// <summary>Counts the drops that its filter wants, in groups.</summary>
public interface IMeasuringListener : IDropListener
{
    /// <summary>Packets counted so far.</summary>
    long Total { get; }

    /// <summary>How long it has measured.</summary>
    TimeSpan Elapsed { get; }

    /// <summary>Whether the rate that was asked for has been reached; false where none was.</summary>
    bool IsRateReached { get; }

    /// <summary>What was counted until now, the largest group first.</summary>
    IReadOnlyList<DropMeasurement> Read();

    /// <summary>Packets by site; only after the session's end, or after leaving it.</summary>
    IReadOnlyDictionary<DropSite, long> CountBySite();

    /// <summary>Waits until the source has ended, or the rate is reached.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns>Whether that is so.</returns>
    bool WaitForEnd(TimeSpan timeout);
}
