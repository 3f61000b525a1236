using DropMon.Terminal;

namespace DropMon.Cli.Top;

/// <summary>Shows frames on standard output.</summary>
internal interface ITopView : IDisposable
{
    /// <summary>Shows a frame.</summary>
    void Show(TopFrame frame);

    /// <summary>The terminal has another size, or was given back after a suspension.</summary>
    void Redraw();

    /// <summary>The process is about to be suspended.</summary>
    void Suspend();
}
