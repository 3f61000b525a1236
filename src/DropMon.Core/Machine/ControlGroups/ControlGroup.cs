namespace DropMon.Machine.ControlGroups;

/// <summary>A control group by name, control characters escaped.</summary>
/// <param name="Path">Its path from the root of cgroup2 on.</param>
/// <param name="Unit">Its systemd unit; null where it has none.</param>
/// <param name="Container">The container that it is of; null where it is of none.</param>
internal sealed record ControlGroup(string Path, string? Unit, string? Container);
