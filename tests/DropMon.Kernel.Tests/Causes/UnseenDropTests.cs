using System.Net;
using System.Net.Sockets;
using DropMon.KernelTests.Kernel;
using DropMon.Reasons;
using DropMon.Reconciliation;

namespace DropMon.KernelTests.Causes;

/// <summary>Counters that rise without an alert: the reconciliation must say so, and why.</summary>
public sealed class UnseenDropTests(KernelUnderTest kernel)
{
    private const int Count = 20;
    private const byte Syn = 2;

    [Fact]
    public void Connection_attempts_at_a_full_accept_queue_are_counted_and_named_as_unseen()
    {
        kernel.Require(KernelFeature.Tracepoint);
        using var pair = new NamespacePair();
        Socket listener = TransportCauses.Listen(pair);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        // Nobody accepts. One more than the limit fits.
        for (int i = 0; i < 2; i++)
        {
            pair.Sender.Keep(pair.Sender.Run(() =>
            {
                var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                client.Connect(NamespacePair.ReceiverAddress, port);
                return client;
            }));
        }

        DropCounterSnapshot before = pair.Receiver.Run(DropCounterSnapshot.Read);
        pair.Send(Count, i => Frames.Ethernet(Frames.Ipv4Type, Frames.Ipv4(Frames.Tcp, Frames.Segment(20000 + i, port, Syn))));
        DropCounterSnapshot after = pair.Receiver.Run(DropCounterSnapshot.Read);
        IReadOnlyList<CounterReconciliation> results = new Reconciler(DropKnowledge.Embedded).Reconcile(before, after, []);

        CounterReconciliation overflows = Assert.Single(results, result => result.Name == "TcpExt.ListenOverflows");
        Assert.Equal((Count, Count, UnseenCause.RaisedElsewhere), (overflows.Increase, overflows.Unexplained, overflows.Cause));
        DropCounterChange socket = Assert.Single(Assert.Single(results, result => result.Name == "Socket.drops").Changes);
        Assert.Equal((Count, Environment.ProcessId), (socket.Increase, socket.Counter.Socket!.ProcessId));
    }
}
