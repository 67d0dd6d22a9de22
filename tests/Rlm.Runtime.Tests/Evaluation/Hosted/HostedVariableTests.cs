using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests.Evaluation.Hosted;

/// <summary>Values of any type as variables: typed in programs, whole in the prompt where they are short, else as cards.</summary>
internal sealed partial class HostedVariableTests
{
    private static readonly object?[][] Values =
    [
        [7, "number", "7"],
        [(byte)255, "number", "255"],
        [ulong.MaxValue, "number", "18446744073709551615"],
        [2.50m, "number", "2.5"],
        [0.1, "number", "0.1"],
        [0.1f, "number", "0.1"],
        [1e300, "number", "1E+300"],
        [true, "bool", "true"],
        ["a text", "text", "a text"],
        ['x', "text", "x"],
        [new DateOnly(2026, 3, 1), "date", "2026-03-01"],
        [new DateTime(2026, 3, 1, 9, 5, 0), "date", "2026-03-01 09:05"],
        [new DateTime(2026, 3, 1, 9, 5, 7, DateTimeKind.Utc), "date", "2026-03-01 09:05:07Z"],
        [new DateTimeOffset(2026, 3, 1, 9, 5, 0, TimeSpan.FromHours(2)), "date", "2026-03-01 09:05+02:00"],
        [new TimeOnly(9, 5), "date", "09:05"],
        [TimeSpan.FromMinutes(90), "duration", "1h30m"],
        [DayOfWeek.Monday, "text", "Monday"],
        [new Uri("https://example.org/a"), "text", "https://example.org/a"],
        [null, "none", "none"],
        [new[] { 1, 2, 3 }, "list of number", "1\n2\n3"],
        [new List<string?> { "a", null }, "list of text?", "a\nnone"],
        [(1, 2), "list of number", "1\n2"],
        [Array.Empty<int>(), "list of any", ""],
        [new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 }, "{b: number, a: number}", "b: 2\na: 1"],
        [new Dictionary<int, string> { [7] = "x" }, "{7: text}", "7: x"],
        [new ConcurrentDictionary<string, object?>(new Dictionary<string, object?> { ["a"] = new[] { true } }), "{a: list of bool}", "a: true"],
        [JsonDocument.Parse("""{"n":1.10,"s":"x","l":[1,null]}""").RootElement, "{n: number, s: text, l: list of number?}", "n: 1.10\ns: x\nl: 1, none"],
        [JsonNode.Parse("[1,2]"), "list of number", "1\n2"],
        [TextSource.FromString("from a source"), "text", "from a source"],
    ];

    [TestCaseSource(nameof(Values))]
    public async Task Value_OfTheHost_IsTypedAndPrints(object? value, string type, string printed)
    {
        var variable = RlmVariable.Value("x", value);
        var session = new RlmSession(new ScriptedChatClient(), [variable]);

        var result = await session.RunAsync("answer x");

        Assert.That(variable.Type.ToString(), Is.EqualTo(type));
        Assert.That(result.Outcome, Is.EqualTo(RlmOutcome.Answered), string.Join('\n', result.Reasons));
        Assert.That(result.Answer, Is.EqualTo(printed));
    }

    [TestCase("answer n * 2 + 1", "15")]
    [TestCase("answer day + 1d", "2026-03-02")]
    [TestCase("answer wait / 1m", "90")]
    [TestCase("answer names | where it starts with \"b\"", "bob\nbea")]
    [TestCase("answer rows | where price > 1 | sum price", "5.5")]
    [TestCase("answer rows | where name in names | count", "1")]
    [TestCase("answer settings.depth", "3")]
    [TestCase("answer if isOn then \"on\" else \"off\"", "on")]
    [TestCase("answer \"{note} {n}\"", "a note 7")]
    public async Task Program_OverValues_Computes(string program, string answer)
    {
        var session = new RlmSession(new ScriptedChatClient(),
        [
            RlmVariable.Value("n", 7),
            RlmVariable.Value("day", new DateOnly(2026, 3, 1)),
            RlmVariable.Value("wait", TimeSpan.FromMinutes(90)),
            RlmVariable.Value("names", new[] { "ann", "bob", "bea" }),
            RlmVariable.Value("rows", JsonNode.Parse("""[{"name":"bob","price":2.5},{"name":"x","price":3},{"name":"y","price":1}]""")),
            RlmVariable.Value("settings", new Dictionary<string, object?> { ["depth"] = 3, ["fast"] = true }),
            RlmVariable.Value("isOn", true),
            RlmVariable.Value("note", "a note"),
        ]);

        var result = await session.RunAsync(program);

        Assert.That(result.Answer, Is.EqualTo(answer), string.Join('\n', result.Reasons));
    }

    [Test]
    public async Task Check_OfValues_KnowsTheirTypes()
    {
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Value("rows", new[] { new Dictionary<string, int> { ["a"] = 1 } })]);

        Assert.That(session.Compile("answer rows | sum b").HasErrors, Is.True);
        Assert.That((await session.RunAsync("answer rows | sum a")).Answer, Is.EqualTo("1"));
    }

    [Test]
    public async Task Value_WithItsJsonTypeInfo_HasDeclaredTypes()
    {
        Order[] orders =
        [
            new("A-1", 2.50m, new DateOnly(2026, 3, 1), TimeSpan.FromHours(2), ["x", "y"], null),
            new("A-2", 10, new DateOnly(2026, 4, 1), TimeSpan.FromHours(1), [], "late"),
        ];
        var variable = RlmVariable.Value("orders", orders, OrderJson.Default.OrderArray);
        var session = new RlmSession(new ScriptedChatClient(), [variable]);

        Assert.That(variable.Type.ToString(), Is.EqualTo(
            "list of {id: text, price: number, day: date, wait: duration, tags: list of text, note: text?}"));
        Assert.That((await session.RunAsync("answer orders | where month(day) == 3 | map price")).Answer, Is.EqualTo("2.50"));
        Assert.That((await session.RunAsync("answer orders | map wait | sum")).Answer, Is.EqualTo("3h"));
        Assert.That((await session.RunAsync("answer orders | where note is none | count")).Answer, Is.EqualTo("1"));
    }

    [Test]
    public void Value_EmptyListWithItsJsonTypeInfo_HasTheDeclaredType() => Assert.That(
        RlmVariable.Value("orders", [], OrderJson.Default.OrderArray).Type.ToString(),
        Is.EqualTo("list of {id: text, price: number, day: date, wait: duration, tags: list of text, note: text?}"));

    /// <summary>What a declaration does not say, such as a dictionary's keys or an enum's form, is the value's; the rest stays declared.</summary>
    [Test]
    public void Value_PartlyDeclared_HasBoth() => Assert.That(
        RlmVariable.Value("shelf", new Shelf(DayOfWeek.Monday, new() { ["a"] = 1 }, [], null), ShelfJson.Default.Shelf).Type.ToString(),
        Is.EqualTo("{Day: number, Counts: {a: number}, Orders: list of {Id: text, Price: number, Day: date, Wait: duration, Tags: list of text, Note: text?}, Inner: any}"));

    /// <summary>One type twice, a field that is left out where it is none, and a shape that holds itself.</summary>
    [Test]
    public void Value_EmptyListOfRows_HasTheDeclaredFields() => Assert.That(
        RlmVariable.Value("rows", [], RowJson.Default.RowArray).Type.ToString(),
        Is.EqualTo("list of {Old: list of {Id: number}, New: list of {Id: number}, Left: number?, At: date?, Next: any}"));

    [Test]
    public void Value_ListOfItself_HasATypeOfAnEnd() =>
        Assert.That(RlmVariable.Value("heap", [[], [[]]], RowJson.Default.Heap).Type.ToString(), Does.StartWith("list of list of "));

    [Test]
    public void Value_OfARow_IsOfTheDeclaredType()
    {
        var variable = RlmVariable.Value("row", new Row([new(1)], [], 0, new DateOnly(2026, 3, 1), null), RowJson.Default.Row);

        Assert.That(variable.Type.ToString(), Does.StartWith("{Old: list of {Id: number}, New: list of {Id: number}, Left: number?, At: date?, Next: "));
    }

    [Test]
    public void Value_OfNoType_IsRefused()
    {
        var nested = new List<object>();
        nested.Add(nested);

        Assert.That(() => RlmVariable.Value("x", new Order("", 0, default, default, [], null)), Throws.ArgumentException
            .With.Message.Contains("Programs have no type for `Order`: give the value with its `JsonTypeInfo`"));
        Assert.That(() => RlmVariable.Value("x", new byte[3]), Throws.ArgumentException.With.Message.Contains("TextSource.FromBytes"));
        foreach (object number in new object[] { double.NaN, double.PositiveInfinity, float.NegativeInfinity, Half.NaN })
            Assert.That(() => RlmVariable.Value("x", number), Throws.ArgumentException.With.Message.Contains("is not a number"));
        Assert.That(() => RlmVariable.Value("x", nested), Throws.ArgumentException.With.Message.Contains("in itself"));
        Assert.That(() => RlmVariable.Value("let", 1), Throws.ArgumentException);
    }

    [Test]
    public async Task Prompt_ShortValue_IsWhole_AndALongOneACard()
    {
        var root = new ScriptedChatClient(RootRun.Fenced("answer 1"));
        string[] longList = [.. Enumerable.Range(0, 500).Select(i => $"item {i}")];
        string longText = string.Join('\n', Enumerable.Range(0, 200).Select(i => $"line number {i}"));

        await RootRun.AskAsync(root,
        [
            RlmVariable.Value("n", 7), RlmVariable.Value("ids", new[] { 1, 2, 3 }), RlmVariable.Value("note", "short\nnote"),
            RlmVariable.Value("many", longList), RlmVariable.Value("text", longText),
            RlmVariable.Value("row", new Dictionary<string, object?> { ["a"] = 1, ["b"] = "x" }),
        ]);
        string prompt = root.Calls[0].LastText;

        Assert.That(prompt, Does.Contain("n: number = 7\n"));
        Assert.That(prompt, Does.Contain("ids: list of number, 3 items = [1,2,3]\n"));
        Assert.That(prompt, Does.Contain("note: text, 2 lines, 10 bytes (note)\n| short\n| note\n"));
        Assert.That(prompt, Does.Contain("row: {a: number, b: text} = {\"a\":1,\"b\":\"x\"}"));
        Assert.That(prompt, Does.Contain("many: list of text, 500 items\n| item 0\n").And.Contain("| … ").And.Not.Contain("item 123"));
        Assert.That(prompt, Does.Contain("text: text, 200 lines, ").And.Contain("| line number 0\n").And.Not.Contain("line number 42\n"));
        Assert.That(prompt, Has.Length.LessThan(4_000));
    }

    [Test]
    public async Task Direct_SmallValues_AreInThePrompt()
    {
        var root = new ScriptedChatClient("Bob");

        var run = await RootRun.AskAsync(root,
            [RlmVariable.Value("people", new[] { "ann", "bob" }), RlmVariable.Value("wait", TimeSpan.FromMinutes(90))],
            new RlmOptions(), question: "Who is second?");

        Assert.That(run.Result.Answer, Is.EqualTo("Bob"));
        Assert.That(root.Calls[0].LastText, Does.Contain("# people: list of text\n[\"ann\",\"bob\"]\n\n# wait: duration\n1h30m"));
    }

    [Test]
    public async Task Journal_ChangedValue_IsRefused_AndTheSameOneGoesOn()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        try
        {
            using (var journal = RlmJournal.Create(path))
                await AskAsync(journal, 7, "answer n | llm \"Why?\"");
            using (var journal = RlmJournal.Resume(path))
            {
                var again = await AskAsync(journal, 7, "answer n | llm \"Why?\"");
                Assert.That((again.Answer, again.Usage.Calls), Is.EqualTo(("because", 0)));
            }

            foreach (object changed in new object[] { 8, "7", new[] { 7 }, 7.5 })
            {
                using var journal = RlmJournal.Resume(path);
                await Assert.ThatAsync(
                    () => AskAsync(journal, changed, "answer n"), Throws.InstanceOf<IOException>().With.Message.StartsWith("`n` is not what it was"));
            }
        }
        finally
        {
            File.Delete(path);
        }

        static Task<RlmResult> AskAsync(RlmJournal journal, object value, string program) => new RlmSession(
            new ScriptedChatClient(_ => "because"), [RlmVariable.Value("n", value)], new RlmOptions { Journal = journal }).RunAsync(program);
    }

    internal sealed record Order(string Id, decimal Price, DateOnly Day, TimeSpan Wait, IReadOnlyList<string> Tags, string? Note);

    internal sealed record Shelf(DayOfWeek Day, Dictionary<string, int> Counts, IReadOnlyList<Order> Orders, Shelf? Inner);

    internal sealed record Entry(int Id);

    internal sealed class Heap : List<Heap>;

    internal sealed record Row(
        IReadOnlyList<Entry> Old, IReadOnlyList<Entry> New, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Left,
        DateOnly? At, Row? Next);

    [JsonSerializable(typeof(Row[]))]
    [JsonSerializable(typeof(Heap))]
    private sealed partial class RowJson : JsonSerializerContext;

    [JsonSerializable(typeof(Shelf))]
    private sealed partial class ShelfJson : JsonSerializerContext;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Order[]))]
    private sealed partial class OrderJson : JsonSerializerContext;
}
