using DropMon.Filters;

namespace DropMon.Tests.Filters;

public class FilterValuesTests
{
    [Theory]
    [InlineData(FilterField.Address, "10.1.2.3/8", "10.0.0.0/8")]
    [InlineData(FilterField.Address, "10.1.2.3/32", "10.1.2.3")]
    [InlineData(FilterField.Address, "0.0.0.0/0", "0.0.0.0/0")]
    [InlineData(FilterField.SourceAddress, "2001:DB8:0:0::1", "2001:db8::1")]
    [InlineData(FilterField.DestinationAddress, "fe80::1/10", "fe80::/10")]
    [InlineData(FilterField.Port, "00053", "53")]
    [InlineData(FilterField.SourcePort, "53-53", "53")]
    [InlineData(FilterField.DestinationPort, "0-65535", "0-65535")]
    [InlineData(FilterField.NetworkNamespace, "net:[4026531840]", "4026531840")]
    [InlineData(FilterField.NetworkNamespace, "4026531840", "4026531840")]
    public void A_value_has_one_spelling(FilterField field, string written, string read)
    {
        DropFilter filter = DropFilter.None.With(field, written);

        Assert.Equal([read], filter[field]!.Values);
        Assert.Equal(filter, DropFilter.None.With(field, read));
    }

    [Theory]
    [InlineData("10.0.0")]
    [InlineData("10")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.1/33")]
    [InlineData("10.0.0.1/-1")]
    [InlineData("10.0.0.1/")]
    [InlineData("10.0.0.1/8/8")]
    [InlineData("10.0.0.1:80")]
    [InlineData("[::1]")]
    [InlineData("::1/129")]
    [InlineData("fe80::1%eth0")]
    [InlineData("localhost")]
    [InlineData("*")]
    [InlineData("\u001b")]
    public void What_is_no_address_is_refused_with_what_is(string text)
    {
        FilterException error = Assert.Throws<FilterException>(() => DropFilter.None.With(FilterField.Address, text));

        Assert.Equal(("Address[0]", true), (error.Where, error.Remedy!.Contains("10.0.0.0/8", StringComparison.Ordinal)));
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Theory]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("-")]
    [InlineData("2-1")]
    [InlineData("1-2-3")]
    [InlineData("http")]
    [InlineData("+1")]
    public void What_is_no_port_is_refused_with_what_is(string text) =>
        Assert.Contains("65535", Assert.Throws<FilterException>(() => DropFilter.None.With(FilterField.Port, text)).Remedy!,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("4294967296")]
    [InlineData("net:[]")]
    [InlineData("net:[4026531840")]
    [InlineData("blue")]
    public void What_is_no_inode_number_is_refused_with_how_to_find_it(string text) =>
        Assert.Contains("readlink", Assert.Throws<FilterException>(() => DropFilter.None.With(FilterField.NetworkNamespace, text)).Remedy!,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("10.128.0.0/9", "10.255.0.1", true)]
    [InlineData("10.128.0.0/9", "10.127.0.1", false)]
    [InlineData("0.0.0.0/0", "1.2.3.4", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "::1", true)]
    [InlineData("fe80::/10", "febf::1", true)]
    [InlineData("fe80::/10", "fec0::1", false)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", false)]
    public void A_network_holds_the_addresses_of_its_prefix(string network, string address, bool isHeld)
    {
        Assert.True(AddressPrefix.TryParse(network, out AddressPrefix? prefix));

        Assert.Equal(isHeld, prefix.Contains(System.Net.IPAddress.Parse(address).GetAddressBytes()));
    }
}
