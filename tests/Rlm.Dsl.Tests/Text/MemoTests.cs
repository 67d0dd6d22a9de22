namespace Rlm.Dsl.Tests.Text;

internal sealed class MemoTests
{
    /// <summary>A key has one value, whoever made it and however many keys there are.</summary>
    [Test]
    public void GetOrAdd_ManyThreads_AllSeeOneValue()
    {
        const int keys = 2_000;
        var memo = new Memo<int, object>();
        var seen = new object[8][];

        Parallel.For(0, seen.Length, thread =>
            seen[thread] = [.. Enumerable.Range(0, keys).Select(key => memo.GetOrAdd(thread % 2 == 0 ? key : keys - 1 - key, static _ => new object()))]);

        for (int thread = 0; thread < seen.Length; thread++)
            Assert.That(thread % 2 == 0 ? seen[thread] : seen[thread].Reverse(), Is.EqualTo(seen[0]), "by reference");
        Assert.That(memo.Count, Is.EqualTo(keys));
        Assert.That(seen[0].Distinct().Count(), Is.EqualTo(keys));
    }

    [Test]
    public void TryGetValue_KeysThatAreEqualToTheComparer_AreOne()
    {
        var memo = new Memo<string, int>(StringComparer.OrdinalIgnoreCase);

        Assert.That((memo.GetOrAdd("Ab", 1), memo.GetOrAdd("aB", 2), memo.TryGetValue("ab", out int value), value), Is.EqualTo((1, 1, true, 1)));
        Assert.That((memo.TryGetValue("b", out value), value), Is.EqualTo((false, 0)));
    }

    /// <summary>Keys of one hash stand in one chain, and none hides another.</summary>
    [Test]
    public void GetOrAdd_EqualHashes_AreApart()
    {
        var memo = new Memo<long, long>();
        long[] keys = [.. Enumerable.Range(0, 50).Select(key => ((long)key << 32) | (uint)key)];

        foreach (long key in keys)
            memo.GetOrAdd(key, -key);

        Assert.That(keys.Select(key => key.GetHashCode()).Distinct().Count(), Is.EqualTo(1));
        Assert.That(keys.Select(key => memo.TryGetValue(key, out long value) ? value : 1), Is.EqualTo(keys.Select(key => -key)));
    }

    [Test]
    public void Clear_Keys_AreMadeAgain()
    {
        var memo = new Memo<string, int>();
        memo.GetOrAdd("a", 1);

        memo.Clear();

        Assert.That((memo.Count, memo.GetOrAdd("a", static _ => 2), memo.Count), Is.EqualTo((0, 2, 1)));
    }
}
