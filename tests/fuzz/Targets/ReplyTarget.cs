using DropMon.Netlink;
using DropMon.Netlink.Generic;
using DropMon.Sources.NetDm;

namespace DropMon.Fuzz.Targets;

/// <summary>Answers of the kernel to requests: the input is what the socket receives.</summary>
internal sealed class ReplyTarget : FuzzTarget
{
    public override string Name => "replies";

    public override int Share => 15;

    public override int MaximumLength => 1024;

    public override IEnumerable<byte[]> Seeds =>
        NetlinkSeeds.Replies.SelectMany(reply => Enumerable.Range(0, 3).Select(kind => (byte[])[(byte)kind, .. reply]));

    // The connection's own buffer is 64 KiB.
    public override long MostAllocation(int inputLength) => 256 * 1024 + (inputLength * 256L);

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        byte kind = input[0];
        using var connection = new NetlinkConnection(new OneAnswer(input[1..].ToArray()));
        try
        {
            connection.Execute(new NetlinkRequest(NetlinkSeeds.FamilyId, NetlinkFlags.None, "Asking"), (_, payload) => Decode(payload));
        }
        catch (DropMonException error) when (error is NetlinkException or NetlinkFormatException or OutOfAnswersException)
        {
            Invariant.That(error.Message.Length < 100_000, "The message is too long.");
        }

        void Decode(ReadOnlySpan<byte> payload)
        {
            switch (kind % 3)
            {
                case 0:
                    _ = GenericNetlinkController.Decode(payload);
                    break;
                case 1:
                    _ = NetDmReplyDecoder.Configuration(payload);
                    break;
                default:
                    _ = NetDmReplyDecoder.Statistics(payload);
                    break;
            }
        }
    }

    private sealed class OutOfAnswersException() : DropMonException("NoMore", DropMonErrorKind.Timeout, "No answer is left.");

    private sealed class OneAnswer(byte[] answer) : INetlinkTransport
    {
        private bool _given;

        public uint PortId => 0;

        public void Send(ReadOnlySpan<byte> datagram)
        {
        }

        public int Receive(Span<byte> buffer)
        {
            if (_given)
            {
                throw new OutOfAnswersException();
            }

            _given = true;
            answer.CopyTo(buffer);
            return answer.Length;
        }

        public void Dispose()
        {
        }
    }
}
