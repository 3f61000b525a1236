namespace DropMon.Pipeline;

/// <summary>What works within a cmdlet's pipeline, and ends with it.</summary>
internal interface IPipelineWork : IDisposable
{
    /// <summary>Ctrl+C, from another thread: it ends, and with it the wait of the pipeline's thread.</summary>
    void Cancel();
}
