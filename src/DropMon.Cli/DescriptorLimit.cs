using DropMon.Native;

namespace DropMon.Cli;

/// <summary>
/// Says beforehand that the limit of open files is too low. The runtime itself needs some sixty, and without them it dies
/// with an unhelpful message.
/// </summary>
internal static class DescriptorLimit
{
    private const ulong Fewest = 128;

    /// <returns>Whether it suffices.</returns>
    public static bool Suffices()
    {
        if (ResourceLimit.OpenFiles is not { } limit || limit >= Fewest)
        {
            return true;
        }

        // With as few descriptors as may be: the console opens several.
        StandardStreams.WriteRawError(
            $"dropmon: The limit on open files is {limit}; dropmon needs at least {Fewest}.\nFix: ulimit -n 4096\n");
        return false;
    }
}
