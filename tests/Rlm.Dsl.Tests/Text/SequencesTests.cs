namespace Rlm.Dsl.Tests.Text;

/// <summary>Each operator gives what System.Linq's gives, and takes no item before it is asked for one.</summary>
internal sealed class SequencesTests
{
    private static readonly string[][] Inputs = [[], ["a"], ["b", "", "ccc"], ["a", "a", "bb", "dddd", ""]];

    [TestCaseSource(nameof(Inputs))]
    public void Operators_AnyItems_GiveWhatLinqGives(params string[] items)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Sequences.Select(items, item => item.Length), Is.EqualTo(Enumerable.Select(items, item => item.Length)));
            Assert.That(Sequences.Select(items, (item, place) => $"{place}{item}"), Is.EqualTo(Enumerable.Select(items, (item, place) => $"{place}{item}")));
            Assert.That(Sequences.Where(items, item => item.Length > 1), Is.EqualTo(Enumerable.Where(items, item => item.Length > 1)));
            Assert.That(Sequences.SelectMany(items, item => item), Is.EqualTo(Enumerable.SelectMany(items, item => item)));
            Assert.That(
                Sequences.SelectMany(items, _ => items, (item, other) => item + other),
                Is.EqualTo(Enumerable.SelectMany(items, _ => items, (item, other) => item + other)));
            Assert.That(Sequences.Concat(items, ["z"]), Is.EqualTo(Enumerable.Concat(items, ["z"])));
            Assert.That(Sequences.Append(items, "z"), Is.EqualTo(Enumerable.Append(items, "z")));
            Assert.That(Sequences.Prepend(items, "z"), Is.EqualTo(Enumerable.Prepend(items, "z")));
            foreach (int count in (int[])[int.MinValue, -1, 0, 1, 2, items.Length, int.MaxValue])
            {
                Assert.That(Sequences.Take(items, count), Is.EqualTo(Enumerable.Take(items, count)));
                Assert.That(Sequences.Skip(items, count), Is.EqualTo(Enumerable.Skip(items, count)));
                Assert.That(Sequences.Skip(Each(items), count), Is.EqualTo(Enumerable.Skip(items, count)));
            }

            Assert.That(Sequences.Contains(items, "bb"), Is.EqualTo(Enumerable.Contains(items, "bb")));
            Assert.That(
                Sequences.Contains(items, "A", StringComparer.OrdinalIgnoreCase), Is.EqualTo(Enumerable.Contains(items, "A", StringComparer.OrdinalIgnoreCase)));
            Assert.That(
                Sequences.Contains(new HashSet<string>(items, StringComparer.OrdinalIgnoreCase), "A"),
                Is.EqualTo(Enumerable.Contains(new HashSet<string>(items, StringComparer.OrdinalIgnoreCase), "A")));
        }
    }

    /// <summary>The items as what is no list.</summary>
    private static IEnumerable<string> Each(string[] items)
    {
        foreach (string item in items)
            yield return item;
    }

    [Test]
    public void Operators_Chained_TakeAnItemWhenItIsAskedFor()
    {
        int taken = 0;
        IEnumerable<int> Count()
        {
            while (true)
                yield return taken++;
        }

        var chained = Count().Where(item => item % 2 == 1).Select(item => item * 10).SelectMany(item => new[] { item, item + 1 }).Prepend(-1);

        Assert.That(taken, Is.Zero);
        Assert.That(chained.Take(4), Is.EqualTo(new[] { -1, 10, 11, 30 }));
        Assert.That(taken, Is.EqualTo(4));
    }

    /// <summary>What this class is for: the calls of this project are bound to it.</summary>
    [Test]
    public void Select_OfThisNamespace_IsNoIteratorOfLinq() =>
        Assert.That(new[] { 1 }.Select(item => item).GetType().FullName, Does.StartWith("Rlm.Sequences"));
}
