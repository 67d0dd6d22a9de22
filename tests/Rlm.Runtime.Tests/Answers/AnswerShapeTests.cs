using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rlm.Runtime.Tests.Answers;

/// <summary>Programs whose answer must be a value of a .NET type.</summary>
internal sealed class AnswerShapeTests
{
    private const string Table = "team,wins,day,share\nReds,12,2026-03-01,0.5\nBlues,7,2026-03-02,0.25\n";

    private static AnswerContext Types => AnswerContext.Default;

    [Test]
    public async Task RunAsync_RecordOfAllKinds_HasEachValue()
    {
        var result = await RunAsync(
            """
            let rows = context | parse csv
            let teams = rows | select name = team, wins, mood = "verysad"
            answer {
              level: "HIGH", teams: teams,
              costs: {rent: 1200.50, food: 80}, day: date("2026-03-01"), start: date("2026-03-01 09:05"), took: 90m,
              isDone: true, id: none, share: average([0.5, 0.25]), spare: "is left out"
            }
            """,
            Types.Report);

        var report = result.Value;
        Assert.That(report.Teams, Is.EqualTo(new[] { new Team("Reds", 12, Mood.VerySad), new Team("Blues", 7, Mood.VerySad) }));
        Assert.That((report.Level, report.Costs["rent"], report.Costs["food"]), Is.EqualTo((Level.High, 1200.50m, 80m)));
        Assert.That((report.Day, report.Start), Is.EqualTo((new DateOnly(2026, 3, 1), new DateTime(2026, 3, 1, 9, 5, 0))));
        Assert.That((report.Took, report.IsDone, report.Id, report.Share), Is.EqualTo((TimeSpan.FromMinutes(90), true, (Guid?)null, 0.375)));
        Assert.That((result.Outcome, result.IsPartial), Is.EqualTo((RlmOutcome.Answered, false)));
    }

    [Test]
    public async Task RunAsync_Rows_AreRecordsDictionariesAndNumbers()
    {
        var counts = await RunAsync("answer context | parse csv | count by team", Types.DictionaryStringInt32);
        var team = await RunAsync("answer context | parse csv | select name = team, wins", Types.ListTeam);
        var best = await RunAsync("answer context | parse csv | top 1 by wins | get wins", Types.NullableInt32);
        var shown = await RunAsync("context | parse csv | sum wins", Types.Decimal);
        var names = await RunAsync("answer context | parse csv | get team", Types.ListString);
        var nested = await RunAsync("answer [[1, 2], [3]]", Types.Int32ArrayArray);

        Assert.That(counts.Value, Is.EqualTo(new Dictionary<string, int> { ["Reds"] = 1, ["Blues"] = 1 }));
        Assert.That(team.Value, Is.EqualTo(new[] { new Team("Reds", 12), new Team("Blues", 7) }));
        Assert.That((best.Value, shown.Value), Is.EqualTo((12, 19m)));
        Assert.That(names.Value, Is.EqualTo(new[] { "Reds", "Blues" }));
        Assert.That(nested.Value, Is.EqualTo(new[] { new[] { 1, 2 }, [3] }));
    }

    [TestCase("answer \"{{\\\"name\\\": \\\"Reds\\\", \\\"children\\\": []}\"")]
    [TestCase("answer \"```json\\n{{\\\"name\\\": \\\"Reds\\\", \\\"children\\\": []}\\n```\"")]
    [TestCase("answer {Name: \"Reds\", children: []}")]
    [TestCase("answer [{name: \"Reds\", children: []}]")]
    [TestCase("{name: \"Reds\", children: []}")]
    public async Task RunAsync_JsonTextRecordOrListOfOne_IsTheRecord(string program)
    {
        var result = await RunAsync(program, Types.Node);

        Assert.That(result.HasValue, Is.True, string.Join('\n', result.Reasons));
        Assert.That((result.Value.Name, result.Value.Children.Count), Is.EqualTo(("Reds", 0)));
    }

    [Test]
    public async Task RunAsync_RecursiveAndPolymorphicTypes_AreRead()
    {
        var tree = await RunAsync("answer {name: \"a\", children: [{name: \"b\", children: []}, {name: \"c\", children: []}]}", Types.Node);
        var figure = await RunAsync("answer {`$type`: \"square\", side: 2}", Types.Figure);
        var other = await RunAsync("answer {`$type`: \"blob\", side: 2}", Types.Figure);

        Assert.That(tree.Value.Children.Select(child => child.Name), Is.EqualTo(new[] { "b", "c" }));
        Assert.That(figure.Value, Is.EqualTo(new Square(2)));
        Assert.That(other.Outcome, Is.EqualTo(RlmOutcome.ProgramErrors));
    }

    [Test]
    public async Task RunAsync_TimesTextsAndBool_AreRead()
    {
        var times = await RunAsync(
            "answer {at: date(\"2026-03-01 10:00\"), clock: \"09:05:00\", page: \"https://example.org/a\", sign: \"x\"}", Types.Times);
        var withOffset = await RunAsync("answer date(\"2026-03-01T10:00:00+02:00\")", Types.DateTimeOffset);
        var day = await RunAsync("answer date(\"2026-03-01\")", Types.DateTime);
        var text = await RunAsync("answer context | parse csv | get team", Types.String);
        var truth = await RunAsync("answer \"yes\"", Types.Boolean);
        var duration = await RunAsync("answer date(\"2026-03-02\") - date(\"2026-03-01\")", Types.TimeSpan);

        // A time without an offset is UTC, whatever the host's zone.
        Assert.That(times.Value, Is.EqualTo(new Times(
            new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), new TimeOnly(9, 5), new Uri("https://example.org/a"), 'x')));
        Assert.That(withOffset.Value, Is.EqualTo(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(2))));
        Assert.That((day.Value, text.Value, truth.Value), Is.EqualTo((new DateTime(2026, 3, 1), "Reds\nBlues", true)));
        Assert.That(duration.Value, Is.EqualTo(TimeSpan.FromDays(1)));
    }

    [TestCase("answer \"12 km\"", "`12 km`, and must be a whole number")]
    [TestCase("answer 3.5", "`3.5`, and must be a whole number")]
    [TestCase("answer \"about 12\"", "must be a whole number")]
    [TestCase("answer 99999999999", "it is not taken")]
    [TestCase("answer true", "the answer must be whole number?, and it is a bool")]
    [TestCase("answer context | lines", "must be a whole number")]
    public async Task RunAsync_NoWholeNumber_IsAnErrorAndNoValue(string program, string reason)
    {
        var result = await RunAsync(program, Types.NullableInt32);

        Assert.That((result.Outcome, result.HasValue, result.Answer), Is.EqualTo((RlmOutcome.ProgramErrors, false, (string?)null)));
        Assert.That(string.Join('\n', result.Reasons), Does.Contain(reason));
        Assert.That(() => result.Value, Throws.InvalidOperationException.With.Message.Contains(result.Reasons[0]));
        Assert.That(result.ToString(), Does.Not.Contain("Value ="));
    }

    [TestCase("answer {wins: 3}", "the answer must be list of {name: text, wins: whole number, mood: one of [\"Calm\", \"Angry\", \"VerySad\"]?, coach: text?}, and it is a record and no list")]
    [TestCase("answer [{wins: 3}]", "an item: `name` is missing")]
    [TestCase("answer [{name: \"a\", wins: true}]", "an item: `wins`: it is a bool")]
    [TestCase("answer [{name: \"a\", wins: 1, mood: \"jolly\"}]", "`mood` of item 1 of the answer is `jolly`, and must be one of")]
    [TestCase("answer [{name: none, wins: 1}]", "`name`: it is none")]
    [TestCase("answer context | parse csv", "an item: `name` is missing")]
    [TestCase("answer \"[{{\\\"name\\\": \\\"a\\\"}]\"", "item 1 of the answer has no `wins`")]
    [TestCase("answer \"Reds\"", "the answer is `Reds`, and must be a list")]
    public async Task RunAsync_OtherRows_AreAnErrorThatSaysWhere(string program, string reason)
    {
        var result = await RunAsync(program, Types.ListTeam);

        Assert.That((result.Outcome, result.HasValue), Is.EqualTo((RlmOutcome.ProgramErrors, false)));
        Assert.That(string.Join('\n', result.Reasons), Does.Contain(reason));
        Assert.That(result.Diagnostics.Single().Help, Does.Contain("answer [{name: \"…\", wins: 0, mood: \"Calm\", coach: \"…\"}]"));
    }

    [TestCase("answer \"ANGRY\"", Mood.Angry)]
    [TestCase("answer \"verysad\"", Mood.VerySad)]
    [TestCase("answer context | lines | first 1 | map \"Calm\"", Mood.Calm)]
    public async Task RunAsync_EnumsName_IsReadInAnyCase(string program, object mood) =>
        Assert.That((await RunAsync(program, Types.Mood)).Value, Is.EqualTo(mood));

    [TestCase("answer \"7\"")]
    [TestCase("answer 7")]
    [TestCase("answer \"not calm\"")]
    [TestCase("answer \"\"")]
    public async Task RunAsync_NoNameOfTheEnum_IsAnError(string program) =>
        Assert.That((await RunAsync(program, Types.Mood)).HasValue, Is.False);

    [Test]
    public async Task RunAsync_DictionaryWithANameTwice_IsAnError()
    {
        var result = await RunAsync("answer [{a: \"x\", n: 1}, {a: \"x\", n: 2}]", Types.DictionaryStringInt32);

        Assert.That(result.Reasons[0], Does.Contain("has `x` twice"));
    }

    [Test]
    public async Task RunAsync_TypeThatRefuses_SaysWhy()
    {
        var refused = await RunAsync("answer {value: 300}", Types.Percent);

        Assert.That(refused.Reasons[0], Does.Contain("a percentage is from 0 to 100"));
        Assert.That((await RunAsync("answer {value: 30}", Types.Percent)).Value.Value, Is.EqualTo(30));
    }

    [Test]
    public async Task RunAsync_NullWhereItIsAValue_IsTheValue()
    {
        var result = await RunAsync("answer none", Types.NullableInt32);

        Assert.That((result.HasValue, result.Value), Is.EqualTo((true, (int?)null)));
    }

    [Test]
    public async Task RunAsync_TypeThatCannotBe_SpendsNothing()
    {
        using var context = TextSource.FromString(Table);
        var model = new ScriptedChatClient();
        var session = new RlmSession(model, [RlmVariable.Text("context", context)]);

        var result = await session.RunAsync("answer context | lines | map llm \"How long?\" as number", Types.Boolean);

        Assert.That(result.Diagnostics.Single().Id, Is.EqualTo("RLM3016"));
        Assert.That(model.CallCount, Is.Zero);
    }

    [Test]
    public void Of_Schema_ReadsWhatClientsSend()
    {
        var shape = AnswerShape.Of(JsonDocument.Parse(
            """
            {"type": "object", "required": ["kind", "tags"], "additionalProperties": false, "properties": {
              "kind": {"enum": ["a", "b", null]}, "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}}, "n": {"anyOf": [{"type": "integer"}, {"type": "null"}]}},
             "$defs": {"tag": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}}}
            """).RootElement);

        Assert.That(shape.Notation, Is.EqualTo("{kind: one of [\"a\", \"b\"]?, tags: list of {name: text}, n: whole number?}"));
        Assert.That(
            shape.Read("{\"kind\": \"B\", \"tags\": [{\"name\": \"x\", \"more\": 1}]}").Json,
            Is.EqualTo("{\"kind\":\"b\",\"tags\":[{\"name\":\"x\"}]}"));
        Assert.That(shape.Read("{\"kind\": \"c\", \"tags\": []}").Problem, Does.StartWith("`kind` is `c`"));
    }

    [TestCase("[]")]
    [TestCase("{\"type\": \"thing\"}")]
    [TestCase("{\"$ref\": \"#/$defs/none\"}")]
    [TestCase("{\"$ref\": \"#\"}")]
    public void Of_NoSchema_IsRefused(string schema) =>
        Assert.That(() => AnswerShape.Of(JsonDocument.Parse(schema).RootElement), Throws.ArgumentException);

    [Test]
    public void Of_SameType_IsMadeOnce()
    {
        var first = AnswerShape.Of(Types.Report);

        Assert.That(AnswerShape.Of(Types.Report), Is.SameAs(first));
    }

    [Test]
    public void Schema_EnumsAndNumbers_AreNamesAndNumbers() => Assert.That(
        AnswerShape.Of(Types.ListTeam).Schema.GetRawText(),
        Is.EqualTo("{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"wins\":{\"type\":\"integer\"},\"mood\":{\"type\":\"string\",\"default\":0,\"enum\":[\"Calm\",\"Angry\",\"VerySad\"]},\"coach\":{\"type\":[\"string\",\"null\"],\"default\":null}},\"required\":[\"name\",\"wins\"]}}"));

    private static async Task<RlmResult<T>> RunAsync<T>(string program, JsonTypeInfo<T> type)
    {
        using var context = TextSource.FromString(Table);
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", context)]);
        return await session.RunAsync(program, type);
    }
}
