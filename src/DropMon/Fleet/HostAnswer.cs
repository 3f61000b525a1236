using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using DropMon.Files.Json;

namespace DropMon.Commands;

/// <summary>
/// What a computer puts out. Alerts come as JSON Lines and become <see cref="DropAlert"/> objects like any others, which is also
/// many times faster than PowerShell's own serialization; other objects stay as remoting brings them.
/// </summary>
/// <param name="host">The computer.</param>
/// <param name="objects">Takes the objects; null where alerts come as lines.</param>
/// <param name="post">Takes what the computer says.</param>
internal sealed class HostAnswer(HostConnection host, HostObjects? objects, Action<HostMessage> post)
{
    private readonly object _gate = new();
    private readonly JsonRecordReader _records = new($"the answer of {host.Name}", isReplay: false) { ComputerName = host.Name };
    private Exception? _failure;
    private bool _hasBegun;

    /// <summary>Takes what came.</summary>
    public void Take(Collection<PSObject> values)
    {
        // Events come one by one, but nothing promises that they come on one thread.
        lock (_gate)
        {
            Begin();
            foreach (PSObject value in values)
            {
                if (objects is not null)
                {
                    post(Accept(objects, value));
                }
                else if (value?.BaseObject is string text)
                {
                    ReadLines(text);
                }
                else
                {
                    _failure ??= HostException.AnswerRefused(host, $"{(value is null ? "$null" : "an object")} stands where lines of alerts belong.");
                }
            }
        }
    }

    /// <summary>Nothing more will come.</summary>
    /// <exception cref="HostException">What came cannot be understood.</exception>
    public void Complete()
    {
        lock (_gate)
        {
            Begin();
            if (_failure is not null)
            {
                throw _failure as HostException ?? HostException.Garbled(host, _failure);
            }

            if (_records.Ledger is { } ledger)
            {
                post(new HostLedger(host, ledger));
            }
        }
    }

    private HostMessage Accept(HostObjects accepted, PSObject? value)
    {
        try
        {
            return new HostObject(host, accepted.Accept(value));
        }
        catch (HostException refusal)
        {
            return new HostError(host, refusal.ToErrorRecord(host.Name));
        }
    }

    private void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            post(new HostBegan(host));
        }
    }

    private void ReadLines(string text)
    {
        if (_failure is not null)
        {
            return;
        }

        var alerts = new List<DropAlert>();
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        try
        {
            while (!rest.IsEmpty)
            {
                int feed = rest.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = feed < 0 ? rest : rest[..feed];
                rest = feed < 0 ? [] : rest[(feed + 1)..];
                if (_records.Read(line, 0) is { } alert)
                {
                    alerts.Add(alert);
                }
            }
        }
        catch (Exception error) when (error is JsonException or CaptureException)
        {
            _failure = error;
        }

        if (alerts.Count > 0)
        {
            post(new HostAlerts(host, alerts));
        }
    }
}
