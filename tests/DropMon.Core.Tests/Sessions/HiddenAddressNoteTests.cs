namespace DropMon.Tests.Sessions;

/// <summary>A kernel that hides its addresses is noted once, with the fix.</summary>
public class HiddenAddressNoteTests
{
    [Fact]
    public void Hidden_addresses_are_a_note_that_names_the_setting() =>
        Assert.Contains("kernel.kptr_restrict=1", new FakeKnowledge { AddressesHidden = true }.Knowledge.Note, StringComparison.Ordinal);

    [Fact]
    public void Addresses_that_can_be_seen_need_no_note() => Assert.Null(new FakeKnowledge().Knowledge.Note);
}
