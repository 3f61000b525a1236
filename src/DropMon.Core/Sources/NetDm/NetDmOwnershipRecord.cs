using System.Text.Json;

namespace DropMon.Sources.NetDm;

/// <summary>What must be known to give the drop monitor back as it was found.</summary>
/// <param name="FormerConfiguration">Its configuration before DropMon.</param>
/// <param name="Configuration">The one that DropMon gave it: where another is in force, the monitor is DropMon's no more.</param>
/// <param name="Hardware">Whether hardware drops were turned on too.</param>
/// <param name="TookOver">Whether another process had it on, so that it must be on again afterwards.</param>
/// <param name="Participants">The sessions that use it.</param>
internal sealed record NetDmOwnershipRecord(
    NetDmConfiguration FormerConfiguration,
    NetDmConfiguration Configuration,
    bool Hardware,
    bool TookOver,
    IReadOnlyList<NetDmParticipant> Participants)
{
    /// <summary>What DropMon turned it on for.</summary>
    public NetDmParts Parts => Hardware ? NetDmParts.Both : NetDmParts.Software;

    /// <summary>Which drops it was on for before, to be turned on again.</summary>
    public NetDmParts FormerParts { get; init; } = NetDmParts.Software;

    public NetDmOwnershipRecord Join(NetDmParticipant participant) => this with { Participants = [.. Participants, participant] };

    public NetDmOwnershipRecord Leave(NetDmParticipant participant) =>
        this with { Participants = [.. Participants.Where(p => p != participant)] };

    public byte[] ToJson(string bootId)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("bootId", bootId);
            Write(json, "former", FormerConfiguration);
            Write(json, "configuration", Configuration);
            json.WriteBoolean("hardware", Hardware);
            json.WriteBoolean("tookOver", TookOver);
            json.WriteNumber("formerParts", (int)FormerParts);
            json.WriteStartArray("participants");
            foreach (NetDmParticipant participant in Participants)
            {
                json.WriteStartObject();
                json.WriteNumber("pid", participant.ProcessId);
                json.WriteNumber("startTime", participant.StartTime);
                json.WriteString("token", participant.Token);
                json.WriteString("namespace", participant.ProcessNamespace);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Whether it is a whole record, but of a boot before this one.</summary>
    public static bool IsOfAnotherBoot(ReadOnlyMemory<byte> bytes, string bootId)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return document.RootElement.GetProperty("bootId").GetString() is { } other && other != bootId;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads a record; null when it is of another boot or no record at all.</summary>
    public static NetDmOwnershipRecord? FromJson(ReadOnlyMemory<byte> bytes, string bootId)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            if (root.GetProperty("bootId").GetString() != bootId)
            {
                return null;
            }

            NetDmConfiguration former = Read(root.GetProperty("former"));
            NetDmConfiguration configuration = Read(root.GetProperty("configuration"));
            List<NetDmParticipant> participants = [];
            foreach (JsonElement item in root.GetProperty("participants").EnumerateArray())
            {
                participants.Add(new NetDmParticipant(
                    item.GetProperty("pid").GetInt32(),
                    item.GetProperty("startTime").GetUInt64(),
                    item.GetProperty("token").GetString() ?? "",
                    item.TryGetProperty("namespace", out JsonElement space) ? space.GetString() ?? "" : ""));
            }

            // A mode that the kernel would refuse would keep everybody from giving the monitor back.
            return !Enum.IsDefined(former.Mode)
                || !Enum.IsDefined(
                    configuration.Mode) ? null : new NetDmOwnershipRecord(former, configuration, root.GetProperty("hardware").GetBoolean(),
                    root.GetProperty("tookOver").GetBoolean(), participants)
                    {
                        FormerParts = root.TryGetProperty("formerParts", out JsonElement parts)
                    ? (NetDmParts)parts.GetInt32() & NetDmParts.Both
                    : NetDmParts.Software,
                    };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Cut short by a full disk, or written by another program: it says nothing.
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, NetDmConfiguration configuration)
    {
        json.WriteStartObject(name);
        json.WriteNumber("mode", (int)configuration.Mode);
        json.WriteNumber("truncationLength", configuration.TruncationLength);
        json.WriteNumber("queueLength", configuration.QueueLength);
        json.WriteEndObject();
    }

    private static NetDmConfiguration Read(JsonElement configuration) => new(
        (DropAlertMode)configuration.GetProperty("mode").GetInt32(),
        configuration.GetProperty("truncationLength").GetUInt32(),
        configuration.GetProperty("queueLength").GetUInt32());
}
