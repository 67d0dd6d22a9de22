using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Issues;

/// <summary>A part of a sorted list that leaves out items equal to one that it takes says so.</summary>
internal sealed class Issue15_TiesTests
{
    private const string Table = "k,n\na,2\nb,5\nc,5\nd,1\ne,5\n";

    [TestCase("sort by n desc | first | get k", "first 1: 2 more rows tie with the last one taken; `top 1 by … with ties` takes them too")]
    [TestCase("sort by n desc | first 2 | get k", "first 2: 1 more row ties with the last one taken; `top 2 by … with ties` takes it too")]
    [TestCase("sort by n | last 1 | get k", "last 1: 2 more rows tie with the last one taken; `top 1 by … with ties` takes them too")]
    [TestCase("sort by n desc | first 3 | get k", null)]
    [TestCase("sort by n desc | first 9 | get k", null)]
    [TestCase("sort by n desc | last | get k", null)]
    [TestCase("sort by n, k | last | get k", null)]
    [TestCase("sort by n desc, k | first 2 | get k", null)]
    [TestCase("get n | sort | first 4", null)]
    [TestCase("sort by n desc | first 0", null)]
    public async Task Run_PartOfASortedList_TellsTies(string stages, string? note)
    {
        var run = await ProgramRun.RunAsync($"answer context | parse csv | {stages}", Table, new ScriptedChatClient());

        Assert.That(run.Notes.Where(told => told.Contains("tie", StringComparison.Ordinal)), note is null ? Is.Empty : Is.EqualTo(new[] { note }));
    }

    /// <summary>Against the definition: those behind what is taken that have the key of the last one taken.</summary>
    [Test]
    public void CountTies_RandomOrders_AreThoseWithTheSameKey()
    {
        var random = new Random(15);
        for (int round = 0; round < 200; round++)
        {
            int[] keys = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(4)).Order()];
            var ties = new System.Collections.BitArray([.. keys.Select((key, i) => i > 0 && keys[i - 1] == key)]);
            var arranged = new ArrangedItems([.. keys.Select(key => new NumberValue(key))], [.. Enumerable.Range(0, keys.Length)], ties);

            for (int taken = 0; taken <= keys.Length + 1; taken++)
            {
                int from = Math.Max(0, keys.Length - taken);
                Assert.That(arranged.CountTiesBehind(taken), Is.EqualTo(taken == 0 ? 0 : keys.Skip(taken).Count(key => key == keys[taken - 1])));
                Assert.That(arranged.CountTiesBefore(taken), Is.EqualTo(taken == 0 ? 0 : keys.Take(from).Count(key => key == keys[from])));
            }
        }
    }
}
