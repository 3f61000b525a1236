using System.Buffers.Binary;
using System.Text;
using DropMon.Model.Fields;

namespace DropMon.Files.Json;

/// <summary>The fields of an alert in JSON, by their names. For one thread.</summary>
internal sealed class AlertJsonFields
{
    // Several times as many buckets as rows: most names have one of their own.
    private const int Buckets = 128;

    private readonly Entry?[] _table = new Entry?[Buckets];
    private Entry _last;

    public AlertJsonFields()
    {
        foreach (AlertJsonField field in Create(DropFields.All))
        {
            byte[] name = Encoding.UTF8.GetBytes(field.Field.Name);
            int bucket = BucketOf(name);
            _table[bucket] = new Entry(name, field, _table[bucket]);
        }

        _last = _table.First(entry => entry is not null)!;
    }

    /// <summary>The form of some fields, for one thread.</summary>
    public static AlertJsonField[] Create(IEnumerable<DropField> fields)
    {
        var kinds = new AlertJsonFieldKinds();
        return [.. fields.Select(field => field.Accept(kinds))];
    }

    /// <summary>The field with a name; null where there is none.</summary>
    public AlertJsonField? Find(ReadOnlySpan<byte> name)
    {
        // Alerts in a file are mostly alike: what followed the last field followed it in the alert before.
        if (_last.Follower is { } follower && name.SequenceEqual(follower.Name))
        {
            _last = follower;
            return follower.Field;
        }

        for (Entry? entry = _table[BucketOf(name)]; entry is not null; entry = entry.Next)
        {
            if (name.SequenceEqual(entry.Name))
            {
                _last.Follower = entry;
                _last = entry;
                return entry.Field;
            }
        }

        return null;
    }

    // Names of one length differ in what stands at both ends.
    private static int BucketOf(ReadOnlySpan<byte> name)
    {
        if (name.Length < sizeof(ushort))
        {
            return 0;
        }

        uint ends = BinaryPrimitives.ReadUInt16LittleEndian(name) | ((uint)BinaryPrimitives.ReadUInt16LittleEndian(name[^2..]) << 16);
        return (int)(((ends + (uint)name.Length) * 2654435769u) >> 25);
    }

    private sealed class Entry(byte[] name, AlertJsonField field, Entry? next)
    {
        public byte[] Name { get; } = name;

        public AlertJsonField Field { get; } = field;

        public Entry? Next { get; } = next;

        /// <summary>The field that stood behind this one when it was last read.</summary>
        public Entry? Follower { get; set; }
    }
}
