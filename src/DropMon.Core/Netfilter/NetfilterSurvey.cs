using System.Globalization;
using DropMon.Machine;

namespace DropMon.Netfilter;

/// <summary>
/// Everything of this thread's network namespace that netfilter's rules can drop with, and what of it was and was not looked at.
/// </summary>
internal sealed record NetfilterSurvey
{
    public required IReadOnlyList<NetfilterDrop> Drops { get; init; }

    /// <summary>What was read, each in words.</summary>
    public required IReadOnlyList<string> Read { get; init; }

    /// <summary>What could not be read, each in words.</summary>
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>Rules of nftables that translate addresses.</summary>
    public int Translations { get; init; }

    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static NetfilterSurvey Take(IMachine machine, INetfilterKernel kernel, CancellationToken cancellationToken)
    {
        var drops = new List<NetfilterDrop>();
        var read = new List<string>();
        var unread = new List<string>();
        int translations = 0;
        try
        {
            NftRuleset rules = new NftRulesetReader(kernel, cancellationToken).Read();
            translations = rules.Translations;
            drops.AddRange(rules.Drops);
            unread.AddRange(rules.Omitted);
            read.Add(
                string.Create(CultureInfo.InvariantCulture, $"nftables with iptables-nft (rules: {rules.Rules}, chains: {rules.Chains})"));
        }
        catch (DropMonException error)
        {
            unread.Add($"the rules of nftables ({error.Message.TrimEnd('.')})");
        }

        foreach (XtFamily family in XtFamily.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadTables(machine, kernel, family, drops, read, unread);
        }

        return new NetfilterSurvey { Drops = drops, Read = read, Unread = unread, Translations = translations };
    }

    private static void ReadTables(
        IMachine machine, INetfilterKernel kernel, XtFamily family, List<NetfilterDrop> drops, List<string> read, List<string> unread)
    {
        if (XtTables.Names(machine, family) is not { } names)
        {
            unread.Add($"the tables of {family.Name}-legacy (the kernel does not say which are in use)");
            return;
        }

        foreach (string table in names)
        {
            try
            {
                if (kernel.ReadTable(family, table) is { } bytes)
                {
                    drops.AddRange(XtTableReader.Read(family, table, bytes));
                    read.Add($"table {table} of {family.Name}-legacy");
                }
            }
            catch (DropMonException error)
            {
                unread.Add($"table {table} of {family.Name}-legacy ({error.Message.TrimEnd('.')})");
            }
        }

        if (names.Count == 0)
        {
            read.Add($"{family.Name}-legacy, which has no tables here");
        }
    }
}
