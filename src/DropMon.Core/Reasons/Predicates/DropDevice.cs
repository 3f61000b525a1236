namespace DropMon.Reasons.Predicates;

/// <summary>What is known of the device that a dropped packet came in by.</summary>
/// <param name="Kind">What it is (IFLA_INFO_KIND); <c>physical</c> for an adapter, <c>loopback</c>.</param>
/// <param name="HardwareAddress">Its link-layer address; empty where it has none.</param>
internal sealed record DropDevice(string Kind, byte[] HardwareAddress);
