using System.Diagnostics;
using System.Globalization;

namespace DropMon.KernelTests.Symbols;

/// <summary>The lines that elfutils' own command finds: the innermost, then those of the calls that were inlined.</summary>
internal static class DebuggerLines
{
    private static readonly string[] Options = ["--kernel", "--addresses", "--inlines"];

    public static Dictionary<ulong, string[]> Of(IReadOnlyList<ulong> addresses)
    {
        var start = new ProcessStartInfo("eu-addr2line") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string option in Options)
        {
            start.ArgumentList.Add(option);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        foreach (ulong address in addresses)
        {
            process.StandardInput.WriteLine($"0x{address:x}");
        }

        process.StandardInput.Close();
        Dictionary<ulong, string[]> lines = Parse(output.GetAwaiter().GetResult());
        process.WaitForExit();
        return lines;
    }

    // 0xffffffff81c0d9a1
    // /build/linux/include/linux/skbuff.h:1234:5
    // /build/linux/net/ipv4/udp.c:2552:3
    private static Dictionary<ulong, string[]> Parse(string text)
    {
        var found = new Dictionary<ulong, string[]>();
        ulong address = 0;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("0x", StringComparison.Ordinal))
            {
                address = ulong.Parse(line.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                found[address] = [];
            }
            else if (line.Split(':') is [{ } file, { } number, ..] && number != "0")
            {
                found[address] = [.. found[address], $"{Path.GetFileName(file)}:{number}"];
            }
        }

        return found;
    }
}
