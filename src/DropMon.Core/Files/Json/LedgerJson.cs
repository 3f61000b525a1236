using System.Text.Json;

namespace DropMon.Files.Json;

/// <summary>The ledger of losses in JSON: the record of kind <c>Ledger</c>, with the properties of <see cref="DropLedger"/>.</summary>
internal static class LedgerJson
{
    public const string Kind = "Ledger";

    public static void WriteProperties(Utf8JsonWriter json, DropLedger ledger)
    {
        json.WriteNumber(nameof(DropLedger.Received), ledger.Received);
        json.WriteNumber(nameof(DropLedger.Delivered), ledger.Delivered);
        json.WriteNumber(nameof(DropLedger.Unread), ledger.Unread);
        json.WriteNumber(nameof(DropLedger.FilteredOut), ledger.FilteredOut);
        json.WriteNumber(nameof(DropLedger.KernelQueueLost), ledger.KernelQueueLost);
        json.WriteNumber(nameof(DropLedger.SocketLost), ledger.SocketLost);
        json.WriteNumber(nameof(DropLedger.RingLost), ledger.RingLost);
        json.WriteNumber(nameof(DropLedger.UnrecordedLost), ledger.UnrecordedLost);
        json.WriteNumber(nameof(DropLedger.BufferLost), ledger.BufferLost);
        json.WriteNumber(nameof(DropLedger.Overwritten), ledger.Overwritten);
        json.WriteNumber(nameof(DropLedger.Malformed), ledger.Malformed);
        json.WriteNumber(nameof(DropLedger.TotalLost), ledger.TotalLost);
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
                    ledger = ledger with { Received = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.Delivered):
                    ledger = ledger with { Delivered = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.Unread):
                    ledger = ledger with { Unread = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.FilteredOut):
                    ledger = ledger with { FilteredOut = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.KernelQueueLost):
                    ledger = ledger with { KernelQueueLost = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.SocketLost):
                    ledger = ledger with { SocketLost = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.RingLost):
                    ledger = ledger with { RingLost = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.UnrecordedLost):
                    ledger = ledger with { UnrecordedLost = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.BufferLost):
                    ledger = ledger with { BufferLost = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.Overwritten):
                    ledger = ledger with { Overwritten = JsonTokens.ReadInt64(ref reader) };
                    break;
                case nameof(DropLedger.Malformed):
                    ledger = ledger with { Malformed = JsonTokens.ReadInt64(ref reader) };
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

    private static List<string> ReadTexts(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(ref reader, JsonTokenType.StartArray, "a list of sentences");
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            texts.Add(JsonTokens.ReadText(ref reader));
        }

        return reader.TokenType == JsonTokenType.EndArray ? texts : throw JsonTokens.Wrong("a list of sentences");
    }
}
