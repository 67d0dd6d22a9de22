using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Tests.Models;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Replies;

/// <summary>The table of replies: each has one right reading or is asked again, in whatever form a server sends it.</summary>
internal sealed partial class ReplyTableTests
{
    private const string Again = "?", Parting = " => ";

    private static readonly IReadOnlyList<(RlmType Type, int Rows, string Reply, string Expected)> Table = [.. ReadTable()];

    /// <summary>Each form in which a server sends a text.</summary>
    private static readonly Dictionary<string, (ModelProvider Provider, Func<string, LoopbackReply> Send)> Forms = new()
    {
        ["a text"] = (ModelProvider.OpenAi, text => Json(Completion(text))),
        ["a list of parts"] = (ModelProvider.OpenAi, text => Json(Completion(Parts(text, "text")))),
        ["a list of texts"] = (ModelProvider.OpenAi, text => Json(Completion(Texts(text)))),
        ["one part"] = (ModelProvider.OpenAi, text => Json(Completion(new JsonObject { ["type"] = "text", ["text"] = text }))),
        ["output parts"] = (ModelProvider.OpenAi, text => Json(Completion(Parts(text, "output_text")))),
        ["a choice's text"] = (ModelProvider.OpenAi, text =>
            Json(new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["text"] = text, ["finish_reason"] = "stop" }) })),
        ["parts and thoughts"] = (ModelProvider.OpenAi, text => Json(Completion(new JsonArray([new JsonObject { ["type"] = "thinking",
            ["thinking"] = Parts("aside", "text") },
            new JsonObject { ["type"] = "reasoning", ["text"] = "aside" }, .. Texts(text).Select(piece => piece!.DeepClone())])))),
        ["deltas of text"] = (ModelProvider.OpenAi, text => Deltas(Halves(text).Select(half => (JsonNode)JsonValue.Create(half)))),
        ["deltas of parts"] = (ModelProvider.OpenAi, text => Deltas(Halves(text).Select(half => Parts(half, "text")))),
        ["deltas of texts"] = (ModelProvider.OpenAi, text => Deltas(Halves(text).Select(Texts))),
        ["deltas of one part"] =
            (ModelProvider.OpenAi, text => Deltas(Halves(text).Select(half => new JsonObject { ["type"] = "text", ["text"] = half }))),
        ["a message in an event"] = (ModelProvider.OpenAi, text => Events(Completion(text))),
        ["a message"] = (ModelProvider.Anthropic, text => Json(Message(Parts(text, "text")))),
        ["a message of one text"] = (ModelProvider.Anthropic, text => Json(Message(JsonValue.Create(text)))),
        ["a message with thoughts"] = (ModelProvider.Anthropic, text => Json(Message(new JsonArray([new JsonObject { ["type"] = "thinking",
            ["thinking"] = "aside" },
            .. Parts(text, "text").Select(part => part!.DeepClone())])))),
        ["events"] = (ModelProvider.Anthropic, text => MessageEvents(text, "")),
        ["events with a first text"] = (ModelProvider.Anthropic, text => MessageEvents(Halves(text)[1], Halves(text)[0])),
    };

    [Test]
    public void Table_IsLongEnough() => Assert.That(Table, Has.Count.GreaterThanOrEqualTo(300));

    [Test]
    public void Read_EachReply_IsReadOrAskedAgain()
    {
        string[] wrong = [.. Table.Select(entry => (entry, Read: Read(entry.Type, entry.Rows, new ModelReply(entry.Reply, default).Text)))
            .Where(read => read.Read != read.entry.Expected)
            .Select(
                read =>
                    $"{read.entry.Type} ({read.entry.Rows}): {Escaped(read.entry.Reply)}\n    {Escaped(read.entry.Expected)} is right, read was {Escaped(read.Read)}")];

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    [TestCaseSource(nameof(FormNames))]
    public async Task GetResponse_EachReplyInThatForm_IsReadTheSame(string form)
    {
        var (provider, send) = Forms[form];
        await using var server = new LoopbackModelServer(
            request => send(Table[int.Parse(Place.Match(request.Body).Groups[1].Value, CultureInfo.InvariantCulture)].Reply));
        using var client = ModelClients.Connect(server, provider);

        for (int i = 0; i < Table.Count; i++)
        {
            var (type, rows, reply, expected) = Table[i];
            var response = await client.GetResponseAsync($"place {i}.");
            Assert.That(response.Text, Is.EqualTo(reply), $"{form}: {reply}");
            Assert.That(Read(type, rows, new ModelReply(response.Text, default).Text), Is.EqualTo(expected), $"{form}: {reply}");
        }
    }

    private static IEnumerable<string> FormNames => Forms.Keys;

    /// <summary>What a reply is read as, each row for itself.</summary>
    private static string Read(RlmType type, int rows, string text)
    {
        if (rows == 1)
            return Shown(ReplyReader.Read(type, text, null));

        var replies = PackedReply.Read(text, rows, type);
        return string.Join(" | ", Enumerable.Range(1, rows)
            .Select(row => replies.TryGetValue(row, out string? reply) ? Shown(ReplyReader.Read(type, reply, null)) : Again));
    }

    private static string Shown(ReplyReading reading) => reading.Value switch
    {
        null => Again,
        NoneValue => "none",
        RecordValue record => string.Join('\n', record.Shape.Names.Select(
            (name, i) => $"{name}: {(record.Fields[i] is NoneValue ? "none" : ValueRenderer.InTemplate(record.Fields[i]))}")),
        var value => ValueRenderer.InTemplate(value),
    };

    private static IEnumerable<(RlmType, int, string, string)> ReadTable()
    {
        foreach (var (name, body) in CaseFile.Read("replies.txt")
            .Where(section => section.Body.Contains(Parting, StringComparison.Ordinal)))
        {
            var rows = Rows.Match(name);
            var type = TypeNotation.Parse(rows.Success ? name[rows.Length..] : name);
            foreach (string line in body.Split('\n').Where(line => line.Contains(Parting, StringComparison.Ordinal)))
            {
                int end = line.LastIndexOf(Parting, StringComparison.Ordinal);
                yield return (type, rows.Success
                    ? int.Parse(rows.Groups[1].Value, CultureInfo.InvariantCulture)
                    : 1, Unescaped(line[..end]), Unescaped(line[(end + Parting.Length)..]));
            }
        }
    }

    private static string Unescaped(string text) =>
        Escape.Replace(text, escape => escape.Value[1] switch { 'n' => "\n", 't' => "\t", _ => "\\" });

    private static string Escaped(string text) =>
        text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);

    private static LoopbackReply Json(JsonObject body) => LoopbackReply.Raw(body.ToJsonString());

    private static JsonObject Completion(JsonNode content) =>
        new()
        {
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["content"] = content, ["reasoning_content"] = "aside" },
                ["finish_reason"] = "stop"
            })
        };

    private static JsonObject Message(JsonNode content) =>
        new() { ["type"] = "message", ["content"] = content, ["stop_reason"] = "end_turn" };

    private static JsonArray Parts(string text, string type) =>
        [.. Halves(text).Select(half => new JsonObject { ["type"] = type, ["text"] = half })];

    private static JsonArray Texts(string text) => [.. Halves(text).Select(half => (JsonNode)JsonValue.Create(half))];

    private static string[] Halves(string text) => [text[..(text.Length / 2)], text[(text.Length / 2)..]];

    private static LoopbackReply Deltas(IEnumerable<JsonNode> contents) => Events(
    [
        Delta(new JsonObject { ["role"] = "assistant", ["content"] = null, ["reasoning_content"] = "aside" }, null),
        .. contents.Select(content => Delta(new JsonObject { ["content"] = content }, null)),
        Delta([], "stop"),
    ]);

    private static JsonObject Delta(JsonObject delta, string? reason) =>
        new() { ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }) };

    private static LoopbackReply MessageEvents(string text, string first) => Events(
    [
        new JsonObject { ["type"] = "message_start", ["message"] = new JsonObject { ["id"] = "m", ["content"] = new JsonArray() } },
        new JsonObject { ["type"] = "content_block_start", ["index"] = 0,
            ["content_block"] = new JsonObject { ["type"] = "thinking", ["thinking"] = "" } },
        new JsonObject { ["type"] = "content_block_delta", ["index"] = 0,
            ["delta"] = new JsonObject { ["type"] = "thinking_delta", ["thinking"] = "aside" } },
        new JsonObject { ["type"] = "content_block_start", ["index"] = 1,
            ["content_block"] = new JsonObject { ["type"] = "text", ["text"] = first } },
        .. Halves(text).Select(half => new JsonObject { ["type"] = "content_block_delta", ["index"] = 1,
            ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = half } }),
        new JsonObject { ["type"] = "message_delta", ["delta"] = new JsonObject { ["stop_reason"] = "end_turn" } },
        new JsonObject { ["type"] = "message_stop" },
    ]);

    private static LoopbackReply Events(params JsonObject[] events) =>
        LoopbackReply.Events(string.Concat(events.Select(happened => $"data: {happened.ToJsonString()}\n\n")) + "data: [DONE]\n\n");

    [GeneratedRegex(@"place (\d+)\.")]
    private static partial Regex Place { get; }

    [GeneratedRegex(@"^(\d+) rows of ")]
    private static partial Regex Rows { get; }

    [GeneratedRegex(@"\\[nt\\]")]
    private static partial Regex Escape { get; }
}
