using System.Text.Json;

namespace DropMon.NetDm;

/// <summary>What must be known to give the drop monitor back as it was found.</summary>
/// <param name="FormerConfiguration">Its configuration before DropMon.</param>
/// <param name="Hardware">Whether hardware drops were turned on too.</param>
/// <param name="TookOver">Whether somebody else had it on, so that it is to be on again afterwards.</param>
/// <param name="Participants">The sessions that use it.</param>
internal sealed record NetDmOwnershipRecord(
    NetDmConfiguration FormerConfiguration,
    bool Hardware,
    bool TookOver,
    IReadOnlyList<NetDmParticipant> Participants)
{
    public NetDmOwnershipRecord Join(NetDmParticipant participant) => this with { Participants = [.. Participants, participant] };

    public NetDmOwnershipRecord Leave(NetDmParticipant participant) => this with { Participants = [.. Participants.Where(p => p != participant)] };

    public byte[] ToJson(string bootId)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("bootId", bootId);
            json.WriteNumber("formerMode", (int)FormerConfiguration.Mode);
            json.WriteNumber("formerTruncationLength", FormerConfiguration.TruncationLength);
            json.WriteNumber("formerQueueLength", FormerConfiguration.QueueLength);
            json.WriteBoolean("hardware", Hardware);
            json.WriteBoolean("tookOver", TookOver);
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

            var former = new NetDmConfiguration(
                (DropAlertMode)root.GetProperty("formerMode").GetInt32(),
                root.GetProperty("formerTruncationLength").GetUInt32(),
                root.GetProperty("formerQueueLength").GetUInt32());
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
            return !Enum.IsDefined(former.Mode) ? null : new NetDmOwnershipRecord(former, root.GetProperty("hardware").GetBoolean(), root.GetProperty("tookOver").GetBoolean(), participants);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Cut short by a full disk or written by somebody else: it can tell nothing.
            return null;
        }
    }
}
