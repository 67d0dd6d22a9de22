using Rlm.Runtime.Asking.Packs;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>Which items go into a call together.</summary>
internal sealed class PackedCallsTests
{
    [TestCase("5 5 5 5 5", 2, 100, "0,1 2,3 4", TestName = "Of_ManyItems_CutsAtTheirNumber")]
    [TestCase("5 5 5 5", 9, 11, "0,1 2,3", TestName = "Of_ManyTokens_CutsAtTheRoom")]
    [TestCase("5 50 5 5", 9, 11, "0 1 2,3", TestName = "Of_ItemOverTheRoom_StandsAlone")]
    [TestCase("50 5", 9, 11, "0 1", TestName = "Of_FirstItemOverTheRoom_StandsAlone")]
    [TestCase("5 5 5", 1, 100, "0 1 2", TestName = "Of_OneACall_GivesEach")]
    [TestCase("", 9, 11, "", TestName = "Of_NoItems_GivesNone")]
    public void Of(string tokens, int maxItems, int maxTokens, string expected)
    {
        RowTokens[] each = [.. tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).Select(own => new RowTokens(own))];

        var calls = PackedCalls.Of(each, maxItems, maxTokens);

        Assert.That(string.Join(' ', calls.Select(places => string.Join(',', places))), Is.EqualTo(expected));
    }

    [Test]
    public void Of_RowsWithNeighbours_CountsThoseBesideTheCallOnce()
    {
        RowTokens[] rows = [.. Enumerable.Range(0, 6).Select(place => new RowTokens(5, Before: place == 0 ? 0 : 5, After: place == 5 ? 0 : 5, Between: place == 4 ? 3 : 0))];

        var calls = PackedCalls.Of(rows, 9, 20);

        Assert.That(string.Join(' ', calls.Select(places => string.Join(',', places))), Is.EqualTo("0,1,2 3 4,5"));
    }
}
