using System.Text.Json;

namespace DropMon.Files.Json;

/// <summary>
/// Writes JSON Lines: a header record, then one alert a line with the property names of <see cref="DropAlert"/>. A line whose first
/// property is <c>Record</c> is not an alert but what that property says.
/// </summary>
internal sealed class JsonLinesWriter : AlertWriter
{
    private readonly RecordOutput _output;
    private readonly AlertJsonWriter _alerts = new();
    private readonly bool _packet;

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="header">The header; null to write none.</param>
    /// <param name="packet">Whether each alert has its packet as a line of text beside the bytes.</param>
    public JsonLinesWriter(Stream stream, string name, AlertFileHeader? header, bool packet = false)
        : this(new RecordOutput(stream, name), header, packet)
    {
    }

    public JsonLinesWriter(RecordOutput output, AlertFileHeader? header, bool packet = false)
    {
        _output = output;
        _packet = packet;
        if (header is not null)
        {
            WriteLine(HeaderJson.Kind, json => HeaderJson.WriteProperties(json, header));
        }
    }

    public override AlertFileFormat Format => AlertFileFormat.JsonLines;

    public override void Write(DropAlert alert)
    {
        _output.Begin();
        _output.BeginRecord();
        _alerts.Write(_output, alert, packet: _packet);
        EndLine();
    }

    public override void Flush() => _output.Flush();

    internal override void WriteRecord(string kind, Action<Utf8JsonWriter> writeProperties)
    {
        _output.Begin();
        WriteLine(kind, writeProperties);
    }

    private protected override void Withdraw() => _output.Withdraw();

    private protected override void Dispose(bool disposing)
    {
        _output.Dispose();
    }

    private void WriteLine(string kind, Action<Utf8JsonWriter> writeProperties)
    {
        _output.BeginRecord();
        HeaderJson.WriteRecord(_output, kind, writeProperties);
        EndLine();
    }

    private void EndLine()
    {
        _output.GetSpan(1)[0] = (byte)'\n';
        _output.Advance(1);
        _output.EndRecord();
    }
}
