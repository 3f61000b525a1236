namespace DropMon.Tests.Architecture;

/// <summary>The public API of Core changes on purpose only: what is public is listed in Architecture/Approved.</summary>
public sealed class PublicApiTests
{
    private static string Approved => Path.Combine(AppContext.BaseDirectory, "Architecture", "Approved", "DropMon.Core.txt");

    [Fact]
    public void ThePublicApiIsTheApprovedOne()
    {
        string[] found = [.. PublicApi.Of(typeof(DropAlert).Assembly)];
        string[] approved = File.ReadAllLines(Approved);

        // Where the change is meant, the lines below go to the approved file, or out of it.
        Assert.Equal([], found.Except(approved).Select(line => $"new: {line}")
            .Concat(approved.Except(found).Select(line => $"gone: {line}")));
    }

    [Fact]
    public void AMemberThatIsPublicIsListedWithItsTypes() =>
        Assert.Contains("DropMon.DropAlert.InterfaceIndex : int? { get; init; }", PublicApi.Of(typeof(DropAlert).Assembly));

    [Fact]
    public void WhatIsInternalIsNotListed() =>
        Assert.DoesNotContain(PublicApi.Of(typeof(DropAlert).Assembly),
            line => line.Contains("DropMon.Model.Fields", StringComparison.Ordinal));
}
