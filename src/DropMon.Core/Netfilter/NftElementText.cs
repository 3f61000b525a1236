using System.Globalization;

namespace DropMon.Netfilter;

/// <summary>The elements of sets and maps as nft writes them.</summary>
internal static class NftElementText
{
    /// <summary>The elements with their keys as text; the second halves of ranges are none of their own.</summary>
    public static IReadOnlyList<(string Text, NftElement Element)> Of(NftSet set, IReadOnlyList<NftField> fields)
    {
        if (set.Elements is not { } elements)
        {
            return [];
        }

        // The kernel gives them in the order of its hashes or trees.
        var sorted = elements.ToList();
        sorted.Sort(
            static (a, b) =>
                a.Key.AsSpan().SequenceCompareTo(b.Key) is not 0 and var order ? order : b.IsIntervalEnd.CompareTo(a.IsIntervalEnd));

        var texts = new List<(string, NftElement)>();
        for (int i = 0; i < sorted.Count; i++)
        {
            NftElement element = sorted[i];
            if (element.IsIntervalEnd)
            {
                continue;
            }

            string key = element.IsCatchAll ? "*" : Key(element.Key, fields);
            if (element.KeyEnd is { } last && !last.AsSpan().SequenceEqual(element.Key))
            {
                key = $"{key}-{Key(last, fields)}";
            }
            else if (set.IsInterval && element.KeyEnd is null && !element.IsCatchAll)
            {
                key = Range(element.Key, i + 1 < sorted.Count ? sorted[i + 1].Key : null, key, fields);
            }

            texts.Add((element.Verdict is { } verdict ? $"{key} : {verdict.Text}" : key, element));
        }

        return texts;
    }

    private static string Range(byte[] first, byte[]? behind, string key, IReadOnlyList<NftField> fields)
    {
        byte[] last = behind is null ? Enumerable.Repeat(byte.MaxValue, first.Length).ToArray() : Before(behind);
        return last.AsSpan().SequenceEqual(first) ? key : $"{key}-{Key(last, fields)}";
    }

    private static byte[] Before(byte[] key)
    {
        byte[] before = [.. key];
        for (int i = before.Length - 1; i >= 0 && before[i]-- == 0; i--)
        {
        }

        return before;
    }

    // Each field of a concatenation begins at a multiple of four bytes.
    private static string Key(byte[] key, IReadOnlyList<NftField> fields)
    {
        if (fields.Count == 0)
        {
            return NftValue.Text(NftValueKind.Bytes, key);
        }

        var parts = new List<string>();
        int offset = 0;
        foreach (NftField field in fields)
        {
            if (offset >= key.Length)
            {
                break;
            }

            int length = fields.Count == 1 ? key.Length : Math.Min(field.Length, key.Length - offset);
            parts.Add(NftValue.Text(field.Kind, key.AsSpan(offset, length)));
            offset += (length + 3) & ~3;
        }

        return string.Join(" . ", parts);
    }

    /// <summary>The elements between braces, the first few.</summary>
    public static string List(NftSet set, IReadOnlyList<NftField> fields, int most)
    {
        IReadOnlyList<(string Text, NftElement Element)> elements = Of(set, fields);
        string more = elements.Count > most || set.Omitted > 0
            ? string.Create(CultureInfo.InvariantCulture, $", and {elements.Count - Math.Min(most, elements.Count) + set.Omitted} more")
            : "";
        return $"{{ {string.Join(", ", elements.Take(most).Select(element => element.Text))}{more} }}";
    }
}
