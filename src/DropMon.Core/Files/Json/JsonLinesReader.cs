using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace DropMon.Files.Json;

/// <summary>Reads JSON Lines as <see cref="JsonLinesWriter"/> writes them; a header is welcome but not needed.</summary>
internal sealed class JsonLinesReader : AlertReader
{
    private readonly CaptureInput _input;
    private readonly JsonRecordReader _records;
    private bool _ended;

    public JsonLinesReader(CaptureInput input)
        : base(input.Path)
    {
        _input = input;
        _records = new JsonRecordReader(input.Path, isReplay: true);
    }

    public override AlertFileFormat Format => AlertFileFormat.JsonLines;

    public override long Position => _input.Offset;

    public override bool TryRead([NotNullWhen(true)] out DropAlert? alert)
    {
        alert = null;
        while (!_ended && TryFindLine(out int length, out bool terminated))
        {
            long offset = _input.Offset;
            ReadOnlySpan<byte> line = Trim(_input.Buffered[..length], offset);
            try
            {
                alert = line.IsEmpty ? null : ReadLine(line, offset);
            }
            catch (JsonException e) when (terminated)
            {
                throw CaptureException.Invalid(Path, offset, "the line is not an alert. " + e.Message, canContinue: true, e);
            }
            catch (JsonException)
            {
                _ended = true;
                throw CaptureException.Truncated(Path, offset, "the line");
            }
            finally
            {
                _input.Consume(terminated ? length + 1 : length);
            }

            if (alert is not null)
            {
                return true;
            }
        }

        return false;
    }

    private protected override void Dispose(bool disposing) => _input.Dispose();

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line, long offset)
    {
        if (offset == 0 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        return line.Trim(" \t\r"u8);
    }

    private DropAlert? ReadLine(ReadOnlySpan<byte> line, long offset)
    {
        try
        {
            return _records.Read(line, offset);
        }
        catch (CaptureException)
        {
            _ended = true;
            throw;
        }
        finally
        {
            Header = _records.Header;
            Ledger = _records.Ledger;
        }
    }

    /// <summary>Finds the next line feed; the last line may lack one.</summary>
    private bool TryFindLine(out int length, out bool terminated)
    {
        int searched = 0;
        while (true)
        {
            ReadOnlySpan<byte> buffered = _input.Buffered;
            int feed = buffered[searched..].IndexOf((byte)'\n');
            if (feed >= 0)
            {
                length = searched + feed;
                return terminated = true;
            }

            searched = buffered.Length;
            if (searched > RecordOutput.MaxRecordSize)
            {
                throw SkipLongLine();
            }

            if (!_input.TryFill(searched + 1))
            {
                length = searched;
                terminated = false;
                return length > 0;
            }
        }
    }

    private CaptureException SkipLongLine()
    {
        long offset = _input.Offset;
        do
        {
            int feed = _input.Buffered.IndexOf((byte)'\n');
            if (feed >= 0)
            {
                _input.Consume(feed + 1);
                break;
            }

            _input.Consume(_input.Buffered.Length);
        }
        while (_input.TryFill(1));
        return CaptureException.Invalid(Path, offset,
            string.Create(CultureInfo.InvariantCulture, $"the line is longer than {RecordOutput.MaxRecordSize} bytes."), canContinue: true);
    }
}
