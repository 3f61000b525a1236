namespace DropMon.Terminal;

/// <summary>Where frames are shown, and what a loop of them waits for besides time.</summary>
internal interface ITopScreen
{
    /// <summary>Shows a frame.</summary>
    void Show(TopFrame frame);

    /// <summary>Shows the last frame again: the terminal has another size, or was given back.</summary>
    void Redraw();

    /// <summary>Whether the user wants it to end.</summary>
    bool IsEnding => false;

    /// <summary>Waits, until the loop is to look whether it is over or to redraw.</summary>
    /// <param name="time">How long at most.</param>
    /// <returns>Whether to redraw.</returns>
    bool Wait(TimeSpan time);
}
