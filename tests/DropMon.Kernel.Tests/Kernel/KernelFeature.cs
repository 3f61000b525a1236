namespace DropMon.KernelTests.Kernel;

/// <summary>What a scenario may need of a kernel.</summary>
public enum KernelFeature
{
    /// <summary>The drop monitor, as part of the kernel or as a module that it loads by itself.</summary>
    NetDm,

    /// <summary>The drop monitor names reasons (Linux 6.0).</summary>
    NetDmReasons,

    /// <summary>The tracepoint skb:kfree_skb.</summary>
    Tracepoint,

    /// <summary>The tracepoint tells reasons (Linux 5.17).</summary>
    TracepointReasons,

    /// <summary>The tracepoint tells the receiving socket (Linux 6.12).</summary>
    TracepointSocket,

    /// <summary>It loads a BPF program for the tracepoint and lets it be attached.</summary>
    Ebpf,

    /// <summary>It was booted with lockdown=confidentiality.</summary>
    Lockdown,

    /// <summary>The rig booted it with systemd as its first process.</summary>
    Systemd,
}
