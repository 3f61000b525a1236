namespace DropMon.Sources.NetDm;

/// <summary>What a session works with that turns the drop monitor on.</summary>
/// <param name="Client">The kernel's drop monitor.</param>
/// <param name="Ownership">The record of the sessions that hold it on.</param>
/// <param name="Listeners">Who listens.</param>
/// <param name="Options">What was asked for.</param>
internal sealed record NetDmSwitchContext(NetDmClient Client, NetDmOwnership Ownership, INetDmListeners Listeners, NetDmOptions Options);
