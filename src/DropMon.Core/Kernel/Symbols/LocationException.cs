using DropMon.Kernel.Symbols;
using DropMon.Text;

namespace DropMon;

/// <summary>A place in the kernel could not be resolved.</summary>
public sealed class LocationException : DropMonException
{
    private LocationException(string errorId, DropMonErrorKind kind, string message, string? remedy)
        : base(errorId, kind, message, remedy)
    {
    }

    internal static LocationException Unreadable(string text) =>
        new(
            "LocationUnreadable", DropMonErrorKind.InvalidArgument,
            $"'{SafeText.Escape(text)}' is not a place in the kernel: it has neither an address nor a function with an offset.",
            "Give an address (0xffffffff81c0d9a2) or a function and an offset (__udp4_lib_rcv+0x9a2), with its module in brackets, if any");

    internal static LocationException AddressUnknown(ulong address) =>
        new(
            "AddressUnknown", DropMonErrorKind.NotFound,
            $"No function of the running kernel contains 0x{address:x}: the address is from another boot or another machine, or its " +
            "module was unloaded.",
            "Resolve it on the machine and in the boot that it comes from; a function with an offset stays valid across boots");

    internal static LocationException FunctionUnknown(string function, string? module) =>
        new(
            "FunctionUnknown", DropMonErrorKind.NotFound,
            "The running kernel has no function " +
            $"{SafeText.Escape(function)}{(module is null ? "" : $" in a module {SafeText.Escape(module)}")}.",
            module is null ? null : $"modprobe -- {ShellQuote.Word(module)}");

    internal static LocationException BeyondFunction(string function, ulong offset, ulong size) =>
        new(
            "OffsetBeyondFunction", DropMonErrorKind.InvalidArgument,
            $"{function} is 0x{size:x} bytes long here, and the offset is 0x{offset:x}: it is from another kernel.",
            "Resolve it on the kernel that it comes from");

    internal static LocationException OtherKernel(string function, ulong claimed, ulong size) =>
        new(
            "FunctionSizeDiffers", DropMonErrorKind.InvalidData,
            $"{function} is 0x{claimed:x} bytes long there and 0x{size:x} here: it is from another kernel, where the offset means " +
            "another line.",
            "Resolve it on the kernel that it comes from");

    internal static LocationException AddressesHidden() =>
        new(
            "AddressesHidden", DropMonErrorKind.PermissionDenied,
            "The kernel hides its addresses from this process, so no place can be resolved.", KernelAddresses.Remedy);
}
