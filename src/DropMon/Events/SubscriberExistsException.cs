using DropMon.Text;

namespace DropMon.Commands;

/// <summary>A subscription has that name already.</summary>
/// <param name="name">The name.</param>
public sealed class SubscriberExistsException(string name) : DropMonException(
    "SubscriberExists",
    DropMonErrorKind.Conflict,
    $"A subscription named '{name}' already exists.",
    $"Unregister-Event -SourceIdentifier {PowerShellQuote.Word(name)}, or choose another -SourceIdentifier.");
