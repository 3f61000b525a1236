using System.Text.Json;
using DropMon.Commands;
using DropMon.Files.Json;
using DropMon.Output;

namespace DropMon.Fleet;

/// <summary>
/// What a computer says of its call. Alerts come as JSON Lines and become <see cref="DropAlert"/> objects like any others; other objects
/// come in CLIXML.
/// </summary>
/// <param name="host">The computer.</param>
/// <param name="objects">Takes the objects; null where alerts come as lines.</param>
/// <param name="post">Takes what the computer says.</param>
internal sealed class HostAnswer(HostConnection host, HostObjects? objects, Action<HostMessage> post)
{
    private const int MostBatch = 256;
    private const long MostBatchBytes = 256 * 1024;

    // What of an alert does not stand in its line; an object stands there as a brace at least.
    private const int AlertBytes = 512;
    private const int ObjectBytes = 160;

    // The elements of CLIXML are shorter than what becomes of them.
    private const int BytesPerByte = 16;

    private readonly JsonRecordReader _records = new($"the answer of {host.Name}", isReplay: false) { ComputerName = host.Name };
    private List<HostAlert> _batch = [];
    private long _batchBytes;
    private DropLedger? _ledger;

    /// <summary>Takes a record of JSON Lines.</summary>
    /// <exception cref="HostException">It is refused.</exception>
    public void TakeRecord(ReadOnlySpan<byte> line)
    {
        if (objects is not null)
        {
            throw HostException.AnswerRefused(host, "an alert stands where objects belong.");
        }

        try
        {
            if (_records.Read(line, 0) is { } alert)
            {
                var item = new HostAlert(alert, AlertBytes + (2L * line.Length) + (ObjectBytes * line.Count((byte)'{')));
                _batch.Add(item);
                _batchBytes += item.Cost;
            }
        }
        catch (Exception error) when (error is JsonException or CaptureException)
        {
            throw HostException.Garbled(host, error);
        }

        // What it counts up to its end, not what it counted on the way.
        _ledger = _records.Ledger;
        if (_batch.Count == MostBatch || _batchBytes >= MostBatchBytes)
        {
            Flush();
        }
    }

    /// <summary>Hands on the alerts that have come.</summary>
    public void Flush()
    {
        if (_batch.Count > 0)
        {
            post(new HostAlerts(host, _batch));
            (_batch, _batchBytes) = ([], 0);
        }
    }

    /// <summary>Takes any other line.</summary>
    /// <exception cref="HostException">It is refused.</exception>
    public void Take(HostFrame frame)
    {
        Flush();
        switch (frame)
        {
            case { Kind: HostFrame.Warning, Texts: [var text] }:
                post(new HostWarning(host, HostText.Of(text)));
                break;
            case { Kind: HostFrame.Verbose, Texts: [var text] }:
                post(new HostVerbose(host, HostText.Of(text)));
                break;
            case { Kind: HostFrame.Error, Texts: [var id, var category, var message, var remedy] }:
                post(new HostError(host, HostException.OfHost(host, message).ToErrorRecord(host, id, category, remedy)));
                break;
            case { Kind: HostFrame.Object, Texts: [var clixml] }:
                TakeObject(clixml);
                break;
            default:
                throw HostException.AnswerRefused(host, "a line of another kind was expected.");
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void Complete()
    {
        Flush();
        if (_ledger is not null)
        {
            post(new HostLedger(host, _ledger));
        }
    }

    private void TakeObject(string clixml)
    {
        try
        {
            if (objects is null)
            {
                throw HostException.AnswerRefused(host, "an object stands where lines of alerts belong.");
            }

            post(new HostObject(host, objects.Accept(clixml), (long)BytesPerByte * clixml.Length));
        }
        catch (HostException refusal)
        {
            post(new HostError(host, refusal.ToErrorRecord(host.Name)));
        }
    }
}
