using System.IO.Hashing;
using System.Text;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Tests.Models;

/// <summary>The key of a call, which journals hold from one version to the next.</summary>
internal sealed class CallKeyTests
{
    private static readonly ChatClientMetadata Model = new("openai", null, "test-model");
    private static readonly ChatOptions Options = new() { MaxOutputTokens = 100 };

    [Test]
    public void Of_PlainCall_IsTheHashThatJournalsHold()
    {
        string expected = Convert.ToHexStringLower(XxHash128.Hash("sub\0openai\0test-model\0max_tokens=100;sample=0\0user\0größe\0"u8));

        Assert.That(Key("größe").ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void ToString_SmallHash_KeepsItsZeros() =>
        Assert.That(new CallKey(11).ToString(), Is.EqualTo("0000000000000000000000000000000b"));

    [Test]
    public void Of_BudgetMarksInText_AreText() =>
        Assert.That(Key("Say <budget>\n1\n</budget>"), Is.Not.EqualTo(Key("Say <budget>\n2\n</budget>")).And.Not.EqualTo(Key("Say ")));

    [Test]
    public void Of_VaryingText_IsLeftOutAndItsPlaceIsNot()
    {
        var first = Key(new TextContent("a"), VaryingText.Of("1 left"), new TextContent("b"));

        Assert.That(Key(new TextContent("a"), VaryingText.Of("2 left"), new TextContent("b")), Is.EqualTo(first));
        Assert.That(Key("ab"), Is.Not.EqualTo(first));
        Assert.That(Key(new TextContent("ab"), VaryingText.Of("1 left")), Is.Not.EqualTo(first));
    }

    [Test]
    public void Of_TextInPieces_IsTheTextThatIsSent() =>
        Assert.That(Key(new TextContent("a"), new TextContent("b")), Is.EqualTo(Key("ab")));

    [Test]
    public void Of_AnyOption_IsInTheKey()
    {
        ChatOptions[] options =
        [
            Options,
            new() { MaxOutputTokens = 101 },
            new() { MaxOutputTokens = 100, ModelId = "other" },
            new() { MaxOutputTokens = 100, Temperature = 0 },
            new() { MaxOutputTokens = 100, Temperature = 0.5f },
            new() { MaxOutputTokens = 100, TopP = 0.5f },
            new() { MaxOutputTokens = 100, TopK = 5 },
            new() { MaxOutputTokens = 100, Seed = 5 },
            new() { MaxOutputTokens = 100, FrequencyPenalty = 0.5f },
            new() { MaxOutputTokens = 100, PresencePenalty = 0.5f },
            new() { MaxOutputTokens = 100, Instructions = "Be brief." },
            new() { MaxOutputTokens = 100, StopSequences = ["a"] },
            new() { MaxOutputTokens = 100, StopSequences = ["a", "b"] },
            new() { MaxOutputTokens = 100, AdditionalProperties = new() { ["grammar"] = "root ::= \"a\"" } },
            new() { MaxOutputTokens = 100, AdditionalProperties = new() { ["grammar"] = "root ::= \"b\"" } },
        ];

        var keys = options.Select(set => CallKey.Of("sub", Model, [new(ChatRole.User, "x")], set, 0))
            .Append(CallKey.Of("sub", Model, [new(ChatRole.User, "x")], Options, 1));

        Assert.That(keys, Is.Unique);
    }

    [Test]
    public void Of_SchemaOfTheReply_IsNoPartOfTheKey()
    {
        var held = new ChatOptions { MaxOutputTokens = 100, ResponseFormat = ChatResponseFormat.Json };

        Assert.That(
            CallKey.Of("sub", Model, [new(ChatRole.User, "x")], held, 0),
            Is.EqualTo(CallKey.Of("sub", Model, [new(ChatRole.User, "x")], Options, 0)));
    }

    [Test]
    public void Of_AnyTwoPromptsThatDiffer_NeverShareAKey()
    {
        var random = new Random(20261128);
        var seen = new Dictionary<CallKey, string>();
        for (int i = 0; i < 20_000; i++)
        {
            // Few letters, of those that part and mark, so that the same bytes come often in other places.
            string name = Piece(random), model = Piece(random);
            var messages = Enumerable.Range(0, random.Next(4))
                .Select(_ => new ChatMessage(random.Next(2) == 0 ? ChatRole.User : ChatRole.Assistant, Piece(random))).ToList();
            string sent =
                $"{Quote(name)} {Quote(model)} {string.Join(' ', messages.Select(message => $"{message.Role}{Quote(message.Text)}"))}";

            var key = CallKey.Of(name, new("openai", null, model), messages, Options, 0);

            if (!seen.TryAdd(key, sent))
                Assert.That(sent, Is.EqualTo(seen[key]));
        }
    }

    [Test]
    public void Of_AnyByteChanged_IsAnotherKey()
    {
        byte[] prompt = Encoding.ASCII.GetBytes("Say <budget>\nturn 1 of 20\n</budget>\n<data>\nx\n</data>");
        var keys = new HashSet<CallKey> { Key(Encoding.ASCII.GetString(prompt)) };
        for (int i = 0; i < prompt.Length; i++)
        {
            for (int bit = 0; bit < 7; bit++)
            {
                prompt[i] ^= (byte)(1 << bit);
                Assert.That(keys.Add(Key(Encoding.ASCII.GetString(prompt))), Is.True);
                prompt[i] ^= (byte)(1 << bit);
            }
        }
    }

    private static string Piece(Random random)
    {
        string[] letters = ["\0", "a", "user", "<budget>\n", "\n</budget>", "ÿ", "\u0001"];
        return string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => letters[random.Next(letters.Length)]));
    }

    private static string Quote(string text) => $"({string.Join(',', text.Select(letter => (int)letter))})";

    private static CallKey Key(string text) => Key(new TextContent(text));

    private static CallKey Key(params AIContent[] contents) => CallKey.Of("sub", Model, [new(ChatRole.User, contents)], Options, 0);
}
