using System.Text.Json;

namespace DropMon.Files.Json;

/// <summary>The ledger of losses in JSON: the record of kind <c>Ledger</c>, with the properties of <see cref="DropLedger"/>.</summary>
internal static class LedgerJson
{
    private const string LossesProperty = "Losses";
    private const string QuoteStart = "(in the words of the file: \"";

    public const string Kind = "Ledger";

    // A file may come from anybody.
    private const int MostCauses = 100;

    public static void WriteProperties(Utf8JsonWriter json, DropLedger ledger)
    {
        json.WriteNumber(nameof(DropLedger.Received), ledger.Received);
        json.WriteNumber(nameof(DropLedger.Delivered), ledger.Delivered);
        json.WriteNumber(nameof(DropLedger.Unread), ledger.Unread);
        json.WriteNumber(nameof(DropLedger.FilteredOut), ledger.FilteredOut);
        if (ledger.FilteredInKernel > 0)
        {
            json.WriteNumber(nameof(DropLedger.FilteredInKernel), ledger.FilteredInKernel);
        }

        json.WriteNumber(nameof(DropLedger.KernelQueueLost), ledger.KernelQueueLost);
        json.WriteNumber(nameof(DropLedger.SocketLost), ledger.SocketLost);
        json.WriteNumber(nameof(DropLedger.RingLost), ledger.RingLost);
        json.WriteNumber(nameof(DropLedger.UnrecordedLost), ledger.UnrecordedLost);
        json.WriteNumber(nameof(DropLedger.BufferLost), ledger.BufferLost);
        json.WriteNumber(nameof(DropLedger.Overwritten), ledger.Overwritten);
        json.WriteNumber(nameof(DropLedger.Malformed), ledger.Malformed);
        json.WriteNumber(nameof(DropLedger.TotalLost), ledger.TotalLost);
        WriteOtherLosses(json, ledger);
        json.WriteStartArray(nameof(DropLedger.Gaps));
        foreach (string gap in ledger.Gaps)
        {
            json.WriteStringValue(gap);
        }

        json.WriteEndArray();
    }

    /// <exception cref="JsonException">A value has the wrong type.</exception>
    public static DropLedger Read(ReadOnlySpan<byte> json)
    {
        var ledger = new DropLedger();
        var reader = new Utf8JsonReader(json);
        JsonTokens.Expect(ref reader, JsonTokenType.StartObject, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonTokens.ReadText(ref reader);
            switch (name)
            {
                case nameof(DropLedger.Received):
                    ledger = ledger with { Received = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.Delivered):
                    ledger = ledger with { Delivered = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.Unread):
                    ledger = ledger with { Unread = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.FilteredOut):
                    ledger = ledger with { FilteredOut = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.FilteredInKernel):
                    ledger = ledger with { FilteredInKernel = JsonTokens.ReadCount(ref reader) };
                    break;
                case LossesProperty:
                    ledger = ledger with { LossesByCause = ReadOtherLosses(ref reader, ledger.LossesByCause) };
                    break;
                case nameof(DropLedger.KernelQueueLost):
                    ledger = ledger with { KernelQueueLost = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.SocketLost):
                    ledger = ledger with { SocketLost = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.RingLost):
                    ledger = ledger with { RingLost = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.UnrecordedLost):
                    ledger = ledger with { UnrecordedLost = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.BufferLost):
                    ledger = ledger with { BufferLost = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.Overwritten):
                    ledger = ledger with { Overwritten = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.Malformed):
                    ledger = ledger with { Malformed = JsonTokens.ReadCount(ref reader) };
                    break;
                case nameof(DropLedger.Gaps):
                    ledger = ledger with { Gaps = ReadTexts(ref reader) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return ledger;
    }

    // Causes that have a property of their own are not written twice.
    private static void WriteOtherLosses(Utf8JsonWriter json, DropLedger ledger)
    {
        DropLoss[] others = [.. ledger.GetLosses().Where(loss => !LossCause.WithProperty.Any(cause => cause.Id == loss.Cause))];
        if (others.Length == 0)
        {
            return;
        }

        json.WriteStartArray(LossesProperty);
        foreach (DropLoss loss in others)
        {
            json.WriteStartObject();
            json.WriteString(nameof(DropLoss.Cause), loss.Cause);
            json.WriteNumber(nameof(DropLoss.Count), loss.Count);
            json.WriteBoolean(nameof(DropLoss.IsExact), loss.IsExact);
            WriteIfAny(json, nameof(DropLoss.Description), loss.Description);
            WriteIfAny(json, nameof(DropLoss.Remedy), loss.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static DropLosses ReadOtherLosses(ref Utf8JsonReader reader, DropLosses losses)
    {
        JsonTokens.Expect(ref reader, JsonTokenType.StartArray, "a list of losses");
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            (LossCause cause, long count) = ReadLoss(ref reader);
            losses = losses.All.Count < MostCauses ? losses.With(cause, count)
                : throw JsonTokens.Wrong($"at most {MostCauses} causes of loss");
        }

        return reader.TokenType == JsonTokenType.EndArray ? losses : throw JsonTokens.Wrong("a list of losses");
    }

    private static (LossCause Cause, long Count) ReadLoss(ref Utf8JsonReader reader)
    {
        string id = "";
        string? description = null;
        bool isExact = true;
        long count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (JsonTokens.ReadText(ref reader))
            {
                case nameof(DropLoss.Cause):
                    id = ReadOne(ref reader);
                    break;
                case nameof(DropLoss.Count):
                    count = JsonTokens.ReadCount(ref reader);
                    break;
                case nameof(DropLoss.IsExact):
                    isExact = reader.Read() && reader.TokenType != JsonTokenType.False;
                    break;
                case nameof(DropLoss.Description):
                    description = ReadOne(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (Of(id, description, isExact), count);
    }

    // What helps is not taken from a file: it would be advice of the file's author. A description of a cause that is not known here is
    // quoted.
    private static LossCause Of(string id, string? description, bool isExact)
    {
        LossCause known = LossCause.Of(id);
        return known with { Description = known.Description ?? (description is null ? null : Quote(description)), IsExact = isExact };
    }

    private static string Quote(string description) =>
        description.StartsWith(QuoteStart, StringComparison.Ordinal) ? description : $"{QuoteStart}{description}\")";

    private static string ReadOne(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(ref reader, JsonTokenType.String, "a text");
        return JsonTokens.ReadSentence(ref reader);
    }

    private static List<string> ReadTexts(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(ref reader, JsonTokenType.StartArray, "a list of sentences");
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(JsonTokens.ReadSentence(ref reader));
        }

        return reader.TokenType == JsonTokenType.EndArray ? texts : throw JsonTokens.Wrong("a list of sentences");
    }
}
