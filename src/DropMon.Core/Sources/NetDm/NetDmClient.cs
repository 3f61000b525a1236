using DropMon.Native;
using DropMon.Netlink;
using DropMon.Netlink.Generic;

namespace DropMon.Sources.NetDm;

/// <summary>The drop monitor's commands as methods.</summary>
internal sealed class NetDmClient : IDisposable
{
    public const string FamilyName = "NET_DM";
    public const string EventsGroup = "events";

    private readonly NetlinkConnection _connection;

    private NetDmClient(NetlinkConnection connection, GenericNetlinkFamily family)
    {
        _connection = connection;
        Family = family;
    }

    /// <summary>The family as last resolved: its id is another after the module was unloaded and loaded again.</summary>
    public GenericNetlinkFamily Family { get; private set; }

    /// <summary>Looks whether the family is still there; the kernel loads the module if it was unloaded.</summary>
    /// <returns>True when it is another than before, so that groups must be joined anew.</returns>
    /// <exception cref="KernelFeatureMissingException">It has gone.</exception>
    public bool ResolveAgain()
    {
        GenericNetlinkFamily family = GenericNetlinkController.Resolve(_connection, FamilyName) ?? throw new KernelFeatureMissingException(
            "NetDmGone",
            "The kernel's drop monitor is gone: its module was unloaded and cannot be loaded again.",
            "modprobe drop_monitor");
        bool isOther = family.Id != Family.Id;
        Family = family;
        return isOther;
    }

    /// <summary>Connects; the kernel loads the module drop_monitor if it has one. Null where the kernel has no drop monitor.</summary>
    public static NetDmClient? TryConnect() => TryConnect(NetlinkConnection.Open(NetlinkSocket.Generic));

    internal static NetDmClient? TryConnect(NetlinkConnection connection)
    {
        try
        {
            GenericNetlinkFamily? family = GenericNetlinkController.Resolve(connection, FamilyName);
            if (family is not null)
            {
                return new NetDmClient(connection, family);
            }

            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sets mode, truncation and queue length. The kernel refuses with EBUSY while the monitor is on.</summary>
    public void Configure(NetDmConfiguration configuration) =>
        _connection.Execute(Request(NetDmCommand.Configure, "Configuring the drop monitor")
            .Add(NetDmAttribute.AlertMode, (byte)configuration.Mode)
            .Add(NetDmAttribute.TruncationLength, configuration.TruncationLength)
            .Add(NetDmAttribute.QueueLength, configuration.QueueLength));

    /// <summary>The same.</summary>
    /// <returns>False when it is on (EBUSY).</returns>
    public bool TryConfigure(NetDmConfiguration configuration)
    {
        try
        {
            Configure(configuration);
            return true;
        }
        catch (NetlinkException error) when (error.Errno == Errno.EBUSY)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether the monitor is on, for software or for hardware drops. No command tells; but a CONFIG that sets nothing is refused with
    /// EBUSY while it is on, and changes nothing while it is off.
    /// </summary>
    public bool IsOn()
    {
        try
        {
            _connection.Execute(Request(NetDmCommand.Configure, "Checking whether the drop monitor is on"));
            return false;
        }
        catch (NetlinkException error) when (error.Errno == Errno.EBUSY)
        {
            return true;
        }
    }

    /// <summary>Turns the monitor on.</summary>
    /// <returns>False when it was on already (EAGAIN).</returns>
    public bool TryStart(NetDmParts parts)
    {
        try
        {
            _connection.Execute(Switch(NetDmCommand.Start, "Starting the drop monitor", parts));
            return true;
        }
        catch (NetlinkException error) when (error.Errno == Errno.EAGAIN)
        {
            return false;
        }
    }

    /// <summary>
    /// What it is on for. No command tells, but turning on a part that is on is refused; a part that was off is off again afterwards.
    /// </summary>
    public NetDmParts PartsOn() => PartIfOn(NetDmParts.Software) | PartIfOn(NetDmParts.Hardware);

    /// <summary>Turns the monitor off. Turning off what is off succeeds.</summary>
    public void Stop(NetDmParts parts) => _connection.Execute(Switch(NetDmCommand.Stop, "Stopping the drop monitor", parts));

    public NetDmConfiguration GetConfiguration()
    {
        NetDmConfiguration? result = null;
        _connection.Execute(
            Request(NetDmCommand.GetConfiguration, "Reading the drop monitor's configuration"),
            (_, payload) => result = NetDmReplyDecoder.Configuration(payload));
        return result ?? throw new NetlinkFormatException("The drop monitor acknowledged the request without its configuration.");
    }

    public NetDmStatistics GetStatistics()
    {
        NetDmStatistics? result = null;
        _connection.Execute(
            Request(NetDmCommand.GetStatistics, "Reading the drop monitor's statistics"),
            (_, payload) => result = NetDmReplyDecoder.Statistics(payload));
        return result ?? throw new NetlinkFormatException("The drop monitor acknowledged the request without its statistics.");
    }

    public void Dispose() => _connection.Dispose();

    private NetDmParts PartIfOn(NetDmParts part)
    {
        if (!TryStart(part))
        {
            return part;
        }

        Stop(part);
        return NetDmParts.None;
    }

    private NetlinkRequest Switch(byte command, string description, NetDmParts parts)
    {
        NetlinkRequest request = Request(command, description);
        if (parts.HasFlag(NetDmParts.Software))
        {
            request.AddFlag(NetDmAttribute.SoftwareDrops);
        }

        if (parts.HasFlag(NetDmParts.Hardware))
        {
            request.AddFlag(NetDmAttribute.HardwareDrops);
        }

        return request;
    }

    private NetlinkRequest Request(byte command, string description) =>
        new NetlinkRequest(Family.Id, NetlinkFlags.None, description).AddHeader(new GenericNetlinkHeader(command, (byte)Family.Version));
}
