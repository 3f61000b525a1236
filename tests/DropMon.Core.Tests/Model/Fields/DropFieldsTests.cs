using System.Buffers;
using System.Reflection;
using System.Xml.Linq;
using DropMon.Files.Json;
using DropMon.Filters;
using DropMon.Model.Fields;
using DropMon.Packets;
using DropMon.Sessions.Measurement;
using DropMon.Tests.Files;

namespace DropMon.Tests.Model.Fields;

/// <summary>A new field of alerts is a property and a row: all that follows from the row is held to here.</summary>
public sealed class DropFieldsTests
{
    public static TheoryData<string> Names => [.. DropFields.All.Select(field => field.Name)];

    [Fact]
    public void EveryPropertyOfAnAlertHasARow() => Assert.Empty(WithoutRow(AlertAssert.Properties.Select(property => property.Name)));

    [Fact]
    public void APropertyWithoutARowIsFound() => Assert.Equal(["Forgotten"], WithoutRow(["Reason", "Forgotten"]));

    [Fact]
    public void EveryRowIsOfAPropertyAndNoneIsThereTwice() =>
        Assert.Equal(AlertAssert.Properties.Select(property => property.Name).Order(), DropFields.All.Select(field => field.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void ARowReadsThePropertyOfItsName(string name)
    {
        DropField field = DropFields.Find(name)!;
        PropertyInfo property = AlertAssert.Properties.Single(property => property.Name == name);

        foreach (DropAlert alert in new[] { AlertSamples.Full(), AlertSamples.Udp() })
        {
            // No inlined functions are none, however a site says it.
            Assert.Equal(property.GetValue(alert) is IReadOnlyList<StackFrame> { Count: 0 }
                ? null : property.GetValue(alert), field.Read(alert));
            Assert.Equal(field.IsOfSite ? field.Read(alert) : null, field.Read(alert.Site));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheFullSampleHasAValueOfEveryField(string name) => Assert.NotNull(DropFields.Find(name)!.Read(AlertSamples.Full()));

    [Theory]
    [MemberData(nameof(Names))]
    public void ARowSurvivesJson(string name)
    {
        DropField field = DropFields.Find(name)!;
        DropAlert alert = AlertSamples.Full();
        var writer = new AlertJsonWriter();
        var json = new ArrayBufferWriter<byte>();
        writer.Write(json, alert);

        object? read = field.Read(new AlertJsonReader(isReplay: false).Read(json.WrittenSpan)!);

        Assert.Equal(field is PacketField ? field.Read(alert)!.ToString() : field.Read(alert), field is PacketField
            ? read!.ToString() : read);
    }

    [Fact]
    public void JsonHasTheMembersInTheOrderOfTheRows()
    {
        var writer = new AlertJsonWriter();
        var json = new ArrayBufferWriter<byte>();
        writer.Write(json, AlertSamples.Full(), packet: true);

        using var document = System.Text.Json.JsonDocument.Parse(json.WrittenMemory);
        Assert.Equal(DropFields.All.Select(field => field.Name), document.RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void PowerShellSerializesEveryRow() =>
        Assert.Equal(DropFields.All.Select(field => field.Name).Order(),
            TypeData().Descendants("ReferencedProperties").Elements("Name").Select(name => name.Value).Order());

    [Fact]
    public void PowerShellGivesTimesBytesAndFramesATextOfTheirOwn() =>
        Assert.Equal(
            DropFields.All.Where(field => field is TimeField or BytesField or FramesField).Select(field => field.Name).Order(),
            TypeData().Descendants("CodeProperty").Elements("Name").Select(name => name.Value).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void TheHelpOfAlertsNamesTheFieldAndItsType(string name)
    {
        string help = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "about_DropAlert.help.txt"));

        Assert.Contains($"\n    {name} ({DropFields.Find(name)!.TypeName})\n", help, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryKeyThatDropsAreGroupedByIsARow() => Assert.Empty(WithoutRow(Enum.GetNames<DropGroupKey>()));

    [Fact]
    public void EveryConditionOfAFilterIsARowOrAPropertyOfThePacket() => Assert.Equal(
        [],
        WithoutRow(Enum.GetNames<FilterField>())
            .Except(typeof(Packet).GetProperties().Select(property => property.Name))
            .Except([nameof(FilterField.Port)]));

    [Theory]
    [MemberData(nameof(Keys))]
    public void AlertsAreGroupedByWhatTheRowReads(DropGroupKey key)
    {
        var measurer = new AlertMeasurer([key]);
        measurer.Add(AlertSamples.Full());

        string expected = Convert.ToString(DropFields.Find(key.ToString())!.Read(AlertSamples.Full()),
            System.Globalization.CultureInfo.InvariantCulture)!;
        // A place is grouped by without its line, which takes time to look up.
        Assert.StartsWith(Assert.Single(measurer.Read()).Name, expected, StringComparison.Ordinal);
    }

    public static TheoryData<DropGroupKey> Keys => [.. Enum.GetValues<DropGroupKey>()];

    private static IEnumerable<string> WithoutRow(IEnumerable<string> properties) =>
        properties.Where(property => DropFields.Find(property) is null);

    private static XElement TypeData() =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "docs", "DropMon.Types.ps1xml")).Root!.Elements("Type")
            .First(type => type.Element("Name")!.Value == "DropMon.DropAlert");
}
