namespace DropMon.Reasons;

/// <summary>The reasons that the running kernel has.</summary>
internal interface IRunningKernelReasons
{
    /// <summary>Every reason by its name; empty on kernels without reasons (before Linux 5.17).</summary>
    IReadOnlyCollection<KernelReason> Reasons { get; }
}
