using System.Management.Automation;
using System.Management.Automation.Host;
using DropMon.Native;
using DropMon.Sessions.Measurement;
using DropMon.Terminal;

namespace DropMon.Output;

/// <summary>
/// Shows what a meter counts through the PowerShell host: in place on a terminal, which is afterwards what it was before; one table
/// after the other elsewhere. Colours are those of significance, where $PSStyle and NO_COLOR allow any.
/// </summary>
internal sealed class HostTopView : ITopScreen, IDisposable
{
    private static readonly TimeSpan SizeInterval = TimeSpan.FromMilliseconds(250);
    private static readonly Size UsualSize = new(120, 30);

    private readonly PSHostUserInterface _console;
    private readonly bool _colour;
    private readonly AnsiScreen? _screen;
    private readonly ExitGuard? _guard;
    private DropMeter? _meter;
    private TopFrame? _frame;
    private Size _size = UsualSize;

    public HostTopView(PSHost host, SessionState session)
    {
        _console = host.UI;
        bool isTerminal = host.UI.SupportsVirtualTerminal && !(host.Name == "ConsoleHost" && Console.IsOutputRedirected);
        _colour = isTerminal && AllowsColour(session);
        if (isTerminal)
        {
            _screen = new AnsiScreen(_console.Write);
            _guard = new ExitGuard(_screen.Dispose);
            _screen.Enter();
        }
    }

    /// <summary>Shows frames until the time is over or the meter ends.</summary>
    public void Show(DropMeter meter, TimeSpan interval, TimeSpan? duration)
    {
        _meter = meter;
        new TopLoop(meter, interval, duration).Run(this);
        if (!meter.WaitForEnd(TimeSpan.Zero))
        {
            meter.StopAfterReports();
        }
    }

    void ITopScreen.Show(TopFrame frame)
    {
        _frame = frame;
        _size = WindowSize();
        Draw(frame, _size);
    }

    void ITopScreen.Redraw()
    {
        if (_frame is not null && _screen is not null)
        {
            Draw(_frame, _size);
        }
    }

    // A host tells of no new size: it is looked for.
    bool ITopScreen.Wait(TimeSpan time)
    {
        _meter!.WaitForEnd(Min(time, SizeInterval));
        Size size = WindowSize();
        bool hasChanged = size != _size;
        _size = size;
        return hasChanged;
    }

    /// <summary>Gives the terminal back.</summary>
    public void Dispose()
    {
        _screen?.Dispose();
        _guard?.Dispose();
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static bool AllowsColour(SessionState session)
    {
        object? style = session.PSVariable.GetValue("PSStyle");
        string? rendering = style is null ? null : PSObject.AsPSObject(style).Properties["OutputRendering"]?.Value?.ToString();
        return rendering != "PlainText" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    }

    private void Draw(TopFrame frame, Size size)
    {
        if (_screen is not null)
        {
            _screen.Draw(TopTable.Write(frame, size.Width, size.Height, _colour, new CmdletSpelling()));
            return;
        }

        foreach (string line in TopTable.Write(frame, int.MaxValue, int.MaxValue, colour: false, new CmdletSpelling()))
        {
            _console.WriteLine(line);
        }

        _console.WriteLine();
    }

    private Size WindowSize()
    {
        try
        {
            Size size = _console.RawUI.WindowSize;
            return size is { Width: > 0, Height: > 0 } ? size : UsualSize;
        }
        catch (Exception error) when (error is HostException or NotImplementedException or IOException)
        {
            // A host without a window: PowerShell itself says so by HostException, other hosts leave the property unimplemented, as they
            // may.
            return UsualSize;
        }
    }
}
