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
        long[] each = [.. tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];

        var calls = PackedCalls.Of(each, maxItems, maxTokens);

        Assert.That(string.Join(' ', calls.Select(places => string.Join(',', places))), Is.EqualTo(expected));
    }
}
