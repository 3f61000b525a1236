using System.CommandLine.Parsing;

namespace DropMon.Cli;

/// <summary>Checks numbers on the command line.</summary>
internal static class OptionBounds
{
    public static void MustBeAbove(OptionResult result, double? value, double bound)
    {
        if (value <= bound)
        {
            result.AddError($"{result.IdentifierToken?.Value} must be above {bound}.");
        }
    }
}
