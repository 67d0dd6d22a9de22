namespace Rlm.Runtime.Tests;

internal sealed class PriceTableTests
{
    private static readonly IReadOnlyDictionary<string, TokenPrice> Known = PriceTable.Read(null);

    [Test]
    public void Read_KnownPrices_AreInOrder()
    {
        foreach (var (model, price) in Known.Where(entry => entry.Value.InputUsd > 0))
        {
            Assert.That(price.OutputUsd, Is.GreaterThan(price.InputUsd), model);
            Assert.That(price.CachedInputUsd ?? 0, Is.LessThan(price.InputUsd), model);
            Assert.That(price.CacheWriteUsd ?? 1.25m * price.InputUsd, Is.EqualTo(1.25m * price.InputUsd), model);
            if (price.LongPrompt is { } dearer)
            {
                Assert.That((dearer.InputUsd > price.InputUsd, dearer.OutputUsd > price.OutputUsd, price.LongPromptTokens >= 100_000),
                    Is.EqualTo((true, true, true)), model);
                Assert.That((dearer.CachedInputUsd / dearer.InputUsd, dearer.CacheWriteUsd / dearer.InputUsd),
                    Is.EqualTo((price.CachedInputUsd / price.InputUsd, price.CacheWriteUsd / price.InputUsd)), model);
            }
        }
    }

    [TestCaseSource(nameof(DefaultModels))]
    [TestCase("claude-haiku-4-5-20251001")]
    [TestCase("GPT-5-mini-2025-08-07")]
    public void PriceOf_DefaultsAndSnapshots_IsKnown(string model) =>
        Assert.That(new RlmOptions { Prices = Known }.PriceOf(model), Is.Not.Null);

    private static IEnumerable<string> DefaultModels() => ModelProvider.All.Select(provider => provider.DefaultModel);

    [TestCase("gpt-4o-2024-05-13", 5)]
    [TestCase("gpt-4o-2024-11-20", 2.5)]
    public void PriceOf_SnapshotOfItsOwnPrice_GoesBeforeItsModel(string model, decimal inputUsd) =>
        Assert.That(new RlmOptions { Prices = Known }.PriceOf(model)!.InputUsd, Is.EqualTo(inputUsd));

    [TestCase("gpt-5-mini-2025-08")]
    [TestCase("gpt-5-mini-fast")]
    [TestCase("20251001")]
    public void PriceOf_AnotherModel_IsNotKnown(string model) => Assert.That(new RlmOptions { Prices = Known }.PriceOf(model), Is.Null);

    [TestCase(100_000, 0.01, 0.009035)]
    [TestCase(100_001, 0.0500005, 0.0451755)]
    public void Of_LongPrompt_CostsMoreForAllOfTheCall(long inputTokens, double input, double cached)
    {
        var price = Known["claude-haiku-5-5"];

        Assert.That(price.Of(inputTokens, 0, 0, 0), Is.EqualTo((decimal)input));
        Assert.That(price.Of(inputTokens, 50, 11_000, 0), Is.EqualTo((decimal)cached));
        Assert.That(price.Of(inputTokens, 50), Is.GreaterThan((decimal)cached));
    }
}
