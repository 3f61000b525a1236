using DropMon.Native;
using DropMon.Netlink;
using DropMon.Netlink.Generic;
using DropMon.Sources.NetDm;
using DropMon.Tests.Netlink;
using static DropMon.Tests.Netlink.NetlinkBytes;

namespace DropMon.Tests.Sources.NetDm;

/// <summary>
/// Answers like the kernel's drop monitor, errors and their texts included, and lets a test change its state behind DropMon's back.
/// </summary>
internal sealed class FakeDropMonitor
{
    private const ushort Controller = 0x10; // GENL_ID_CTRL

    private bool _isLoaded = true;

    public ushort FamilyId { get; private set; } = 0x1f;

    public bool IsOn { get; set; }

    public bool IsHardwareOn { get; set; }

    public NetDmConfiguration Configuration { get; set; } = NetDmConfiguration.KernelDefault;

    public NetDmStatistics Statistics { get; set; }

    /// <summary>Answers a command with an error instead, when not 0.</summary>
    public Func<byte, int> Fails { get; set; } = _ => 0;

    public List<byte> Commands { get; } = [];

    /// <summary>Unloads the module: its family is unknown until <see cref="Load"/>.</summary>
    public void Unload() => _isLoaded = false;

    /// <summary>Loads the module, as a family with another id that has counted nothing.</summary>
    public void Load() => (_isLoaded, FamilyId, Statistics) = (true, (ushort)(FamilyId + 1), default);

    public NetDmClient Connect() => NetDmClient.TryConnect(new NetlinkConnection(new ScriptedTransport(Answer)))!;

    private IEnumerable<byte[]> Answer(byte[] request)
    {
        NetlinkHeader.TryRead(request, out NetlinkHeader header);
        bool isResolution = header.Type == Controller;
        if (!_isLoaded || (!isResolution && header.Type != FamilyId))
        {
            return [Acknowledgement(request, Errno.ENOENT)];
        }

        if (isResolution)
        {
            byte[] group = Attribute(1, Attribute(1, ZeroTerminated("events")), Attribute(2, Number(5u)));
            byte[] body =
            [
                1, 2, 0, 0, .. Attribute(1, Number(FamilyId)), .. Attribute(2, ZeroTerminated("NET_DM")), .. Attribute(3, Number(2u)),
                .. Attribute(7, group)
            ];
            return [Message(Controller, body, sequence: header.Sequence), Acknowledgement(request)];
        }

        GenericNetlinkHeader.TryRead(
            request.AsSpan(NetlinkHeader.Size), out GenericNetlinkHeader command, out ReadOnlySpan<byte> attributes);
        Commands.Add(command.Command);
        return Fails(command.Command) is not 0 and int errno
            ? [Acknowledgement(request, errno)]
            : Execute(request, header.Sequence, command.Command, attributes);
    }

    private IEnumerable<byte[]> Execute(byte[] request, uint sequence, byte command, ReadOnlySpan<byte> attributes)
    {
        switch (command)
        {
            case NetDmCommand.Configure when IsOn || IsHardwareOn:
                return [Acknowledgement(request, Errno.EBUSY, "drop_monitor: Cannot configure drop monitor during monitoring")];
            case NetDmCommand.Configure:
                Configure(attributes);
                break;
            case NetDmCommand.Start or NetDmCommand.Stop:
                if (!Switch(attributes, command == NetDmCommand.Start))
                {
                    return [Acknowledgement(request, Errno.EAGAIN, "drop_monitor: Trace state already set to requested state")];
                }

                break;
            case NetDmCommand.GetConfiguration:
                byte[] configuration =
                [
                    7, 2, 0, 0, .. Attribute(1, Number((byte)Configuration.Mode)), .. Attribute(9, Number(Configuration.TruncationLength)),
                    .. Attribute(11, Number(Configuration.QueueLength))
                ];
                return [Message(FamilyId, configuration, sequence: sequence), Acknowledgement(request)];
            case NetDmCommand.GetStatistics:
                byte[] statistics =
                [
                    9, 2, 0, 0, .. Attribute(12, Attribute(0, Number(Statistics.Software))),
                    .. Attribute(13, Attribute(0, Number(Statistics.Hardware)))
                ];
                return [Message(FamilyId, statistics, sequence: sequence), Acknowledgement(request)];
        }

        return [Acknowledgement(request)];
    }

    // What a request does not name stays as it is.
    private void Configure(ReadOnlySpan<byte> attributes)
    {
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            Configuration = reader.Type switch
            {
                NetDmAttribute.AlertMode => Configuration with { Mode = (DropAlertMode)reader.ReadByte() },
                NetDmAttribute.TruncationLength => Configuration with { TruncationLength = reader.ReadUInt32() },
                NetDmAttribute.QueueLength => Configuration with { QueueLength = reader.ReadUInt32() },
                _ => Configuration,
            };
        }
    }

    private bool Switch(ReadOnlySpan<byte> attributes, bool on)
    {
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            if (reader.Type == NetDmAttribute.SoftwareDrops)
            {
                if (on && IsOn)
                {
                    return false;
                }

                IsOn = on;
            }
            else if (reader.Type == NetDmAttribute.HardwareDrops)
            {
                if (on && IsHardwareOn)
                {
                    return false;
                }

                IsHardwareOn = on;
            }
        }

        return true;
    }
}
