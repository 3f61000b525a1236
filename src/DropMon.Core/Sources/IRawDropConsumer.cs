namespace DropMon.Sources;

/// <summary>Takes drops on the source's thread.</summary>
internal interface IRawDropConsumer
{
    /// <summary>Takes one drop; its views are valid during the call only.</summary>
    void Consume(in RawDrop drop);

    /// <summary>A batch has ended: hand over what was gathered.</summary>
    void EndBatch();

    /// <summary>
    /// The source has a new warning (<see cref="IDropSource.Warnings"/>): a thread that waits for drops wakes to read it.
    /// </summary>
    void NoteWarning()
    {
    }

    /// <summary>No more will come, and <see cref="EndBatch"/> may not have been called after an error.</summary>
    void Complete()
    {
    }
}
