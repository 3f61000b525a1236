using System.Collections;
using System.Reflection;
using DropMon.Files;

namespace DropMon.Tests.Files;

/// <summary>Compares alerts property by property, those that are added later included.</summary>
internal static class AlertAssert
{
    /// <summary>All of them; the lists of frames are internal, for the module to show them in its own way.</summary>
    public static readonly PropertyInfo[] Properties =
    [
        .. typeof(DropAlert).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.Name != nameof(DropAlert.Site)),
    ];

    /// <summary>A replayed alert equals the original in all but Source, and in that control characters come back escaped.</summary>
    public static void Replays(DropAlert original, DropAlert replayed)
    {
        foreach (PropertyInfo property in Properties)
        {
            object? before = property.GetValue(original);
            object? after = property.GetValue(replayed);
            switch (property.Name)
            {
                case nameof(DropAlert.Source):
                    Assert.Equal(DropSourceName.Replay, after);
                    break;
                case nameof(DropAlert.Packet):
                    Assert.Equal(before?.ToString(), after?.ToString());
                    break;
                case nameof(DropAlert.Timestamp):
                    Assert.Equal(((DateTimeOffset)before!).UtcTicks, ((DateTimeOffset)after!).UtcTicks);
                    break;
                default:
                    Assert.True(Same(before, after), $"{property.Name}: '{before}' became '{after}' in {original}");
                    break;
            }
        }
    }

    private static List<DropLoss> Others(DropLedger ledger) => [.. ledger.GetLosses().Where(loss => loss.Cause != "Own")];

    /// <summary>A file of the format that the name tells gives back what was lost, beside the alerts.</summary>
    public static void LedgerReadsBack(string path)
    {
        var ledger = new DropLedger
        {
            Received = 1,
            Delivered = 2,
            FilteredOut = 3,
            KernelQueueLost = 4,
            SocketLost = 5,
            RingLost = 6,
            BufferLost = 7,
            Malformed = 8,
            UnrecordedLost = 9,
            FilteredInKernel = 10,
            Gaps = ["The \"65th\" place."]
        };
        ledger = ledger with
        {
            LossesByCause = ledger.LossesByCause.With(
            new LossCause("Own", "at a place of its own", "patience helps", IsExact: false), 11)
        };
        using (AlertWriter writer = AlertFile.OpenWrite(path))
        {
            writer.Write(AlertSamples.Bare());
            writer.WriteLedger(ledger);
        }

        using AlertReader reader = AlertFile.OpenRead(path);
        Assert.Single(reader.ReadAll());

        DropLoss own = Assert.Single(reader.Ledger!.GetLosses(), loss => loss.Cause == "Own");
        Assert.Equal(("(in the words of the file: \"at a place of its own\")", null, 11, false),
            (own.Description, own.Remedy, own.Count, own.IsExact));
        Assert.Equal(Others(ledger), Others(reader.Ledger));
        Assert.Equal(ledger.Gaps, reader.Ledger.Gaps);
    }

    public static void Replay(IReadOnlyList<DropAlert> originals, IReadOnlyList<DropAlert> replayed)
    {
        Assert.Equal(originals.Count, replayed.Count);
        for (int i = 0; i < originals.Count; i++)
        {
            Replays(originals[i], replayed[i]);
        }
    }

    private static bool Same(object? before, object? after) => (before, after) switch
    {
        (string a, string b) => SafeText.Escape(a) == b,
        (StackFrame a, StackFrame b) => Escaped(a) == b,
        (IEnumerable a, IEnumerable b) => a.Cast<object>().Zip(b.Cast<object>()).All(pair => Same(pair.First, pair.Second))
            && a.Cast<object>().Count() == b.Cast<object>().Count(),
        _ => Equals(before, after),
    };

    private static StackFrame Escaped(StackFrame frame) =>
        frame with { Function = Escaped(frame.Function), Module = Escaped(frame.Module), SourceFile = Escaped(frame.SourceFile) };

    private static string? Escaped(string? text) => text is null ? null : SafeText.Escape(text);
}
