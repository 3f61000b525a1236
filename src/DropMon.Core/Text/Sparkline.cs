namespace DropMon.Text;

/// <summary>Draws numbers as a line of bars.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const char Nothing = '·';

    /// <summary>One character for each value; the largest is a full bar, and zero differs from little.</summary>
    public static string Draw(IReadOnlyList<long> values)
    {
        long most = values.Count == 0 ? 0 : values.Max();
        return string.Create(values.Count, (values, most), static (line, state) =>
        {
            for (int i = 0; i < line.Length; i++)
            {
                long value = state.values[i];
                line[i] = value <= 0 ? Nothing : Bars[(int)Math.Min((double)value / state.most * Bars.Length, Bars.Length - 1)];
            }
        });
    }
}
