namespace DropMon.Sources.Ebpf;

/// <summary>
/// The event that the program writes and <see cref="EventDecoder"/> reads: where each field starts. All numbers are in the machine's byte
/// order.
/// </summary>
internal static class EventLayout
{
    public const int Time = 0; // u64, CLOCK_MONOTONIC
    public const int Location = 8; // u64
    public const int Reason = 16; // u32
    public const int Cpu = 20; // u32
    public const int Thread = 24; // u64: process in the upper half, thread in the lower
    public const int ProcessName = 32; // char[16]
    public const int InterfaceIndex = 48; // u32
    public const int NetworkNamespace = 52; // u32, inode number
    public const int InterfaceName = 56; // char[16]
    public const int Protocol = 72; // u16 in network order
    public const int Captured = 76; // u32
    public const int OriginalLength = 80; // u32
    public const int Stack = 84; // s32, the stack's number; negative for an error. Written on request only
    public const int ControlGroup = 88; // u64, the id of its kernfs node
    public const int Mark = 96; // u32
    public const int Priority = 100; // u32
    public const int Hash = 104; // u32
    public const int QueueMapping = 108; // u16
    public const int VlanTag = 110; // u16, meaningful where there is one
    public const int HasVlanTag = 112; // u16, 0 for no tag
    public const int GsoSize = 114; // u16, with the next one in the order of struct skb_shared_info
    public const int GsoSegments = 116; // u16
    public const int Bytes = 120;

    public const int NameSize = 16; // IFNAMSIZ, TASK_COMM_LEN
}
