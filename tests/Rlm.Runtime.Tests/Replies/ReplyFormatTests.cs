using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Dsl.Types;
using Rlm.Providers.Wire;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Tests.Replies;

internal sealed class ReplyFormatTests
{
    private const string Labels = """{"type":"string","enum":["spam","ham"]}""";

    private static readonly LabelType Label = new(["spam", "ham"], null);

    private static readonly RecordType Record = new([
        new("name", RlmType.Text), new("size", RlmType.Number.OrNone), new("kind", Label.OrNone), new("tags", RlmType.ListOf(RlmType.Quote)),
        new("at", new RecordType([new("day", RlmType.Date)]).OrNone)]);

    private static readonly (RlmType Type, int Rows, string Schema)[] Schemas =
    [
        (Label, 1, Enveloped(Labels)),
        (Label.OrNone, 1, Enveloped("""{"type":["string","null"],"enum":["spam","ham",null]}""")),
        (new LabelType(["yes", "none"], null).OrNone, 1, Enveloped("""{"type":"string","enum":["yes","none"]}""")),
        (RlmType.Number, 1, Enveloped("""{"type":"number"}""")),
        (RlmType.Bool.OrNone, 1, Enveloped("""{"type":["boolean","null"]}""")),
        (RlmType.Date, 1, Enveloped("""{"type":"string"}""")),
        (RlmType.Quote, 1, Enveloped("""{"type":"string"}""")),
        (RlmType.ListOf(Label), 1, Enveloped($$"""{"type":"array","items":{{Labels}}}""")),
        (new RecordType([new("n", RlmType.Number)]), 1, Closed("n", """{"type":"number"}""")),
        (new RecordType([new("n", RlmType.Number)]).OrNone, 1, Enveloped($$"""{"anyOf":[{{Closed("n", """{"type":"number"}""")}},{"type":"null"}]}""")),
        (Label, 2, $$$"""{"type":"object","properties":{"1":{"$ref":"#/$defs/row"},"2":{"$ref":"#/$defs/row"}},"required":["1","2"],"additionalProperties":false,"$defs":{"row":{{{Labels}}}}}"""),
        (Record, 1, """{"type":"object","properties":{"name":{"type":"string"},"size":{"type":["number","null"]},"kind":{"type":["string","null"],"enum":["spam","ham",null]},"tags":{"type":"array","items":{"type":"string"}},"at":{"anyOf":[{"type":"object","properties":{"day":{"type":"string"}},"required":["day"],"additionalProperties":false},{"type":"null"}]}},"required":["name","size","kind","tags","at"],"additionalProperties":false}"""),
    ];

    [TestCaseSource(nameof(Schemas))]
    public void Of_Type_IsItsShape((RlmType Type, int Rows, string Schema) expected)
    {
        var schema = SchemaOf(expected.Type, expected.Rows);

        Assert.That(schema.GetRawText(), Is.EqualTo(expected.Schema));
        Assert.That(StrictSchema.Is(schema), Is.True, "OpenAI would take it as a hint only");
    }

    [Test]
    public void Of_TextOrTooManyLabels_IsNone()
    {
        var many = new LabelType([.. Enumerable.Range(0, 251).Select(number => $"label {number}")], null);

        Assert.That(
            new[] { ReplyFormat.Of(RlmType.Text, 1), ReplyFormat.Of(RlmType.Text.OrNone, 3), ReplyFormat.Of(many, 1), ReplyFormat.Of(many, 40) },
            Is.All.Null);
    }

    [TestCase("""{"reply":"spam"}""", "spam")]
    [TestCase(" {\"reply\": null}\n", "none")]
    [TestCase("<think>{\"reply\":\"ham\"}?</think>{\"reply\":\"spam\"}", "spam")]
    [TestCase("""{"reply":12.50}""", "12.50")]
    [TestCase("""{"reply":["a","b"]}""", """["a","b"]""")]
    [TestCase("spam", "spam")]
    [TestCase("""{"label":"spam"}""", """{"label":"spam"}""")]
    [TestCase("""{"reply":"spam","why":"x"}""", """{"reply":"spam","why":"x"}""")]
    [TestCase("""{"reply":"sp""", """{"reply":"sp""")]
    [TestCase("""{"reply":"\ud83d"}""", """{"reply":"\ud83d"}""")]
    public void Open_Reply_IsWhatThePromptAsksFor(string reply, string expected) =>
        Assert.That(ReplyFormat.Of(Label.OrNone, 1)!.Open(reply), Is.EqualTo(expected));

    [Test]
    public void Open_RecordWithAFieldOfThatName_IsTheRecord() => Assert.That(
        ReplyFormat.Of(new RecordType([new("reply", RlmType.Text)]), 1)!.Open("""{"reply":"x"}"""), Is.EqualTo("""{"reply":"x"}"""));

    /// <summary>Whatever a schema allows is read as the values that were meant, alone and in a pack.</summary>
    [Test]
    public void Of_AnyTypes_ReadWhatTheySay()
    {
        var random = new Random(20261129);
        for (int round = 0; round < 2_000; round++)
        {
            var type = AnyType(random, 2);
            if (ReplyFormat.Of(type, 1) is not { } format)
                continue;

            string[] values = [.. Enumerable.Range(0, 3).Select(_ => AnyValue(random, type))];
            string alone = format.Open(type is RecordType ? values[0] : $$"""{"reply":{{values[0]}}}""");
            var rows = PackedReply.Read($$"""{"1":{{values[0]}},"2":{{values[1]}},"3":{{values[2]}}}""", 3, type);

            var read = ReplyReader.Read(type, alone, null);
            Assert.That(read.Problem, Is.Null, $"{type}: {alone}");
            Assert.That(rows, Has.Count.EqualTo(3));
            Assert.That(ReplyReader.Read(type, rows[1], null).Value, Is.EqualTo(read.Value).Using<object>(AreShownAlike), $"{type}: {rows[1]}");
            Assert.That(ReplyReader.Read(type, rows[2], null).Problem ?? ReplyReader.Read(type, rows[3], null).Problem, Is.Null, $"{type}");
            Assert.That(StrictSchema.Is(SchemaOf(type, 3)), Is.True);
        }
    }

    private static bool AreShownAlike(object one, object other) => Runtime.Rendering.ValueRenderer.AsAnswer((Runtime.Values.Value)one)
        == Runtime.Rendering.ValueRenderer.AsAnswer((Runtime.Values.Value)other);

    private static RlmType AnyType(Random random, int depth)
    {
        RlmType type = random.Next(depth > 0 ? 6 : 4) switch
        {
            0 => RlmType.Number,
            1 => RlmType.Bool,
            2 => RlmType.Date,
            3 => Label,
            4 => RlmType.ListOf(AnyType(random, depth - 1)),
            _ => new RecordType([.. Enumerable.Range(0, 1 + random.Next(3)).Select(field => new FieldType($"f{field}", AnyType(random, depth - 1)))]),
        };
        return random.Next(3) == 0 ? type.OrNone : type;
    }

    private static string AnyValue(Random random, RlmType type) => type is OptionalType && random.Next(2) == 0 ? "null" : type.Required switch
    {
        LabelType label => $"\"{label.Labels![random.Next(label.Labels.Count)]}\"",
        ListType list => $"[{string.Join(',', Enumerable.Range(0, random.Next(3)).Select(_ => AnyValue(random, list.Item)))}]",
        RecordType record => $"{{{string.Join(',', record.Fields.Select(field => $"\"{field.Name}\":{AnyValue(random, field.Type)}"))}}}",
        var other when other == RlmType.Number => random.Next(-50, 50).ToString(System.Globalization.CultureInfo.InvariantCulture),
        var other when other == RlmType.Bool => random.Next(2) == 0 ? "true" : "false",
        _ => $"\"2026-03-{random.Next(10, 29)}\"",
    };

    private static JsonElement SchemaOf(RlmType type, int rows) => ((ChatResponseFormatJson)ReplyFormat.Of(type, rows)!.Format).Schema!.Value;

    private static string Enveloped(string schema) => Closed("reply", schema);

    private static string Closed(string name, string schema) =>
        $$$"""{"type":"object","properties":{"{{{name}}}":{{{schema}}}},"required":["{{{name}}}"],"additionalProperties":false}""";
}
