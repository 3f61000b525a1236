namespace DropMon.Kernel.Btf;

/// <summary>An enumeration of the kernel.</summary>
/// <param name="Name">Its tag.</param>
/// <param name="Values">Its constants in the order of the source.</param>
internal sealed record BtfEnum(string Name, IReadOnlyList<BtfEnumerator> Values);

/// <summary>One constant of an enumeration.</summary>
internal readonly record struct BtfEnumerator(string Name, uint Value);
