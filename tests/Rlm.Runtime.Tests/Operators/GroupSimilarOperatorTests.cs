using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class GroupSimilarOperatorTests
{
    [TestCase("Smith, John|John Smith|JOHN  SMITH|Jonh Smith")]
    [TestCase("Müller & Söhne|Muller and Sohne|MULLER AND SÖHNE")]
    [TestCase("INV-1001|INV 1001|inv1001")]
    [TestCase("I.B.M.|IBM|ibm")]
    [TestCase("O'Brien|O’Brien|OBrien")]
    [TestCase("Data Base Systems|Database Systems|database-systems")]
    [TestCase("Model 3 Saloon|Saloon, model 3")]
    [TestCase("Εταιρία Αθηνών|ΕΤΑΙΡΙΑ ΑΘΗΝΩΝ|Εταιρια Αθηνων")]
    [TestCase("Иванов, Андрей|Андрей Иванов|АНДРЕЙ ИВАНОВ|Андрей Ивонов")]
    [TestCase("株式会社トヨタ自動車販売|株式会社トヨタ自動車反売")]
    [TestCase("Ａｃｍｅ Industries|Acme® Industries|Acme Industries")]
    [TestCase("Ōsaka Kōgyō|Osaka Kogyo|O\u0304saka Ko\u0304gyo\u0304")]
    [TestCase("Łódź Textiles|Lodz textiles")]
    public async Task Answer_SpellingsOfOneThing_AreOneGroup(string spellings) =>
        Assert.That(await GroupAsync(spellings.Split('|')), Is.EqualTo(new[] { spellings }));

    [TestCase("Model 3|Model 4")]
    [TestCase("INV-1001|INV-1002|INV-10010")]
    [TestCase("Tesla Model S|Tesla Model X")]
    [TestCase("Hepatitis B|Hepatitis C")]
    [TestCase("Pope Benedict XIII|Pope Benedict XVIII|Pope Benedict VIII")]
    [TestCase("Charger Typ AA|Charger Typ AB")]
    [TestCase("C|C#|C++")]
    [TestCase("A+|A|A-")]
    [TestCase("50|50%|$50|-50|5.0")]
    [TestCase("Version 1.5|Version 5.1|Version 15")]
    [TestCase("Section 2 Figure 5|Section 5 Figure 2|Figure 2 Section 5")]
    [TestCase("12 Main Street, Apt 5|5 Main Street, Apt 12|12 Main Street, Apt 15")]
    [TestCase("2026-11-29|2026-11-28")]
    [TestCase("王小明|王小民")]
    [TestCase("東京|京都")]
    [TestCase("👍|👎|!!!|???")]
    [TestCase("alpha1 beta2|alpha2 beta1")]
    public async Task Answer_DifferentThings_AreDifferentGroups(string things) =>
        Assert.That(await GroupAsync(things.Split('|')), Is.EqualTo(things.Split('|')));

    [Test]
    public async Task Answer_Key_IsTheMostFrequentSpelling()
    {
        string[] rows = ["acme corp", "Acme Corp", "ACME CORP", "Acme Corp", "Other"];

        Assert.That(await AnswerAsync(rows, "lines | group similar it | map \"{key}={count(items)}\""), Is.EqualTo("Acme Corp=4\nOther=1"));
    }

    [Test]
    public async Task Answer_Field_NamesTheKeyAsGroupByDoes() => Assert.That(
        await AnswerAsync(["who,n", "Ann Lee,1", "\"Lee, Ann\",2", "Bo,3"], "parse csv | group similar who | select who, n = sum(items.n) | to csv"),
        Is.EqualTo("who,n\nAnn Lee,3\nBo,3"));

    [Test]
    public async Task Answer_NoneAndFailedKeys_StandApart()
    {
        var run = await ProgramRun.RunAsync(
            "answer context | lines | extend k = llm \"Who?\" as text | group similar k | map \"{key}: {items.text}\"", "a\nb\nc\nd",
            new ScriptedChatClient(call => call.LastText.Contains("Answer for each") ? "[1] Ann\n[2] ann.\n[3] Bob" : ""));

        Assert.That(run.Answer, Does.StartWith("Ann: a, b\n"));
        Assert.That(run.Result.IsPartial, Is.True);
    }

    [TestCase("0.95", "Alexandria Library|Alexandrya Library")]
    [TestCase("1", "Alexandria Library|Alexandrya Library")]
    [TestCase("0.9", "Alexandria Library,Alexandrya Library")]
    public async Task Answer_Above_SaysHowAlike(string above, string groups) => Assert.That(
        await AnswerAsync(["Alexandria Library", "Alexandrya Library"], $"lines | group similar it above {above} | map \"{{items | join \",\"}}\""),
        Is.EqualTo(groups.Replace('|', '\n')));

    [Test]
    public async Task Answer_Chain_IsNoGroup()
    {
        // Each is one letter from the next; the last has six of ten other letters than the first.
        string[] chain = ["aaaaaaaaaa", "aaaaaaaaab", "aaaaaaaabb", "aaaaaaabbb", "aaaaaabbbb", "aaaaabbbbb", "aaaabbbbbb"];
        string[] groups = await GroupAsync(chain);

        Assert.That(groups, Has.Length.GreaterThan(2));
    }

    [Test]
    public async Task Answer_LongTexts_AreComparedByWords()
    {
        string[] words = [.. Enumerable.Range(0, 60).Select(i => $"word{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}")];
        string text = string.Join(' ', words), near = string.Join(' ', words.Select((word, i) => i is 3 or 40 ? "other" : word));
        string far = string.Join(' ', words.Select((word, i) => i % 3 == 0 ? "other" : word));

        Assert.That((await GroupAsync([text, near, far])).Length, Is.EqualTo(2));
    }

    /// <summary>Whatever the order of the rows, which rows are together is the same, and so it is when all pairs are compared.</summary>
    [Test]
    public async Task Answer_AnyOrder_GroupsTheSameAsAllPairsDo([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        string[] rows = [.. EntityList.Make(seed, 60).Rows.Select(row => row.Spelling), .. Enumerable.Range(0, 60).Select(_ => MakeWords(random))];
        string[][] groups = [.. (await GroupAsync(rows)).Select(group => group.Split('|').Distinct().Order(StringComparer.Ordinal).ToArray())];
        random.Shuffle(rows);
        string[][] again = [.. (await GroupAsync(rows)).Select(group => group.Split('|').Distinct().Order(StringComparer.Ordinal).ToArray())];

        Assert.That(again.Select(Join).Order(StringComparer.Ordinal), Is.EqualTo(groups.Select(Join).Order(StringComparer.Ordinal)));
        Assert.That(GroupByAllPairs(rows).Select(Join).Order(StringComparer.Ordinal), Is.EqualTo(groups.Select(Join).Order(StringComparer.Ordinal)));

        static string Join(IEnumerable<string> group) => string.Join('|', group);
    }

    [Test]
    public void FindLikeness_AnyTwo_IsTheSameBothWays([Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        var likeness = new TextLikeness(0.5m);
        for (int i = 0; i < 2_000; i++)
        {
            var (one, other) = (FoldedText.Of(MakeWords(random)), FoldedText.Of(MakeWords(random)));
            Assert.That(likeness.Find(one, other), Is.EqualTo(likeness.Find(other, one)), $"{one.Key} / {other.Key}");
        }
    }

    /// <summary>The command of docs/benchmarks.md prints what is held here.</summary>
    [Test]
    public async Task Answer_EntityLists_ArePreciseAndMostlyFound()
    {
        var list = EntityList.Make(2026, 2_000);
        string[] groups = await GroupAsync([.. list.Rows.Select(row => row.Spelling)]);
        var keys = groups.SelectMany(group => group.Split('|').Distinct().Select(spelling => (spelling, group.Split('|')[0])))
            .ToDictionary(pair => pair.spelling, pair => pair.Item2);
        var (precision, recall) = list.Rate(spelling => keys[spelling]);
        TestContext.Out.WriteLine($"group similar: {list.Rows.Count} rows, precision {precision:0.0000}, recall {recall:0.0000}");

        Assert.That(precision, Is.GreaterThan(0.97));
        Assert.That(recall, Is.GreaterThan(0.85));
    }

    /// <summary>Groups whose items are parted by a bar, of lines of which none holds one.</summary>
    private static async Task<string[]> GroupAsync(string[] rows) =>
        (await AnswerAsync(rows, "lines | group similar it | map \"{items | join \"|\"}\"")).Split('\n');

    private static async Task<string> AnswerAsync(string[] rows, string program)
    {
        var run = await ProgramRun.RunAsync($"answer context | {program}", string.Join('\n', rows), new ScriptedChatClient());
        return run.Answer ?? string.Join('\n', run.Result.Reasons);
    }

    /// <summary>The definition, in so many words.</summary>
    private static IEnumerable<IEnumerable<string>> GroupByAllPairs(string[] rows)
    {
        var likeness = new TextLikeness(0.85m);
        var classes = rows.GroupBy(row => FoldedText.Of(row).Key).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal);
        var groups = new List<(FoldedText Centre, List<string> Members)>();
        foreach (var same in classes)
        {
            var text = FoldedText.Of(same.First());
            var best = groups.Select(group => (group.Members, Likeness: likeness.Find(text, group.Centre))).Where(found => found.Likeness is not null)
                .OrderByDescending(found => found.Likeness).FirstOrDefault();
            if (best.Members is null)
                groups.Add((text, best.Members = []));
            best.Members.AddRange(same);
        }

        return groups.Select(group => group.Members.Distinct().Order(StringComparer.Ordinal));
    }

    private static string MakeWords(Random random)
    {
        string[] words = ["alpha", "alpah", "alphas", "beta", "betta", "gamma", "gama", "delta", "of", "b", "7", "8", "international", "internatoinal", "x-y", "c++"];
        return string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)]));
    }
}
