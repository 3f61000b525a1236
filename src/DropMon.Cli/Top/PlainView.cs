using System.Text;
using DropMon.Terminal;

namespace DropMon.Cli.Top;

/// <summary>A table after the other, for a file, a pipe or a terminal that cannot be drawn over.</summary>
internal sealed class PlainView(Stream output) : ITopView
{
    public void Show(TopFrame frame)
    {
        var text = new StringBuilder();
        foreach (string line in TopTable.Write(frame, StandardOutput.Width, int.MaxValue, colour: false, new CommandSpelling()))
        {
            text.AppendLine(line);
        }

        output.Write(Encoding.UTF8.GetBytes(text.AppendLine().ToString()));
        output.Flush();
    }

    public void Redraw()
    {
    }

    public void Suspend()
    {
    }

    public void Dispose()
    {
    }
}
