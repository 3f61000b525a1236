using System.Text.Encodings.Web;
using System.Text.Json;

namespace DropMon.Cli.Counters;

/// <summary>JSON Lines: a counter a line; a change has its counter within.</summary>
internal sealed class CounterJsonView(Stream output) : ICounterView
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Show(IEnumerable<DropCounter> counters) => WriteLines(counters, WriteCounter);

    public void Show(IEnumerable<DropCounterChange> changes) => WriteLines(changes, WriteChange);

    private void WriteLines<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var json = new Utf8JsonWriter(output, Options);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
            json.Flush();
            output.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    private static void WriteChange(Utf8JsonWriter json, DropCounterChange change)
    {
        json.WriteString("state", change.State.ToString());
        json.WriteNumber("increase", change.Increase);
        WriteNumber(json, "perSecond", change.PerSecond);
        json.WriteNumber("seconds", change.Duration.TotalSeconds);
        WriteNumber(json, "before", change.Before);
        json.WriteStartObject("counter");
        WriteCounter(json, change.Counter);
        json.WriteEndObject();
    }

    private static void WriteCounter(Utf8JsonWriter json, DropCounter counter)
    {
        json.WriteString("timestamp", counter.Timestamp);
        json.WriteString("name", counter.Name);
        json.WriteNumber("value", counter.Value);
        json.WriteString("class", counter.Class.ToString());
        json.WriteString("impliesDrop", counter.ImpliesDrop.ToString());
        WriteText(json, "interfaceName", counter.InterfaceName);
        WriteText(json, "queue", counter.Queue);
        WriteNumber(json, "cpu", counter.Cpu);
        WriteText(json, "instance", counter.Instance);
        if (counter.Socket is { } socket)
        {
            json.WriteStartObject("socket");
            json.WriteString("protocol", socket.Protocol);
            WriteText(json, "localAddress", socket.LocalAddress?.ToString());
            json.WriteNumber("localPort", socket.LocalPort);
            WriteNumber(json, "portId", socket.PortId);
            WriteNumber(json, "processId", socket.ProcessId);
            WriteText(json, "processName", socket.ProcessName);
            WriteNumber(json, "receiveQueue", socket.ReceiveQueue);
            WriteNumber(json, "receiveQueueLimit", socket.ReceiveQueueLimit);
            json.WriteEndObject();
        }

        WriteText(json, "meaning", counter.Meaning);
        WriteText(json, "caveat", counter.Caveat);
        json.WriteStartArray("reasons");
        foreach (string reason in counter.Reasons)
        {
            json.WriteStringValue(reason);
        }

        json.WriteEndArray();
        json.WriteString("source", counter.Source);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
    }
}
