using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Providers.Wire;

namespace Rlm.Runtime.Tests.Models;

/// <summary>Replies as no server should send them, and as some do: what is needed is taken, what is of another type counts as missing.</summary>
internal sealed class ReplyJsonTests
{
    private const string Arrays60 =
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";

    private static readonly FailureReader Failures = new(new Uri("http://127.0.0.1/v1"), null, TimeProvider.System);

    // Any order, and fields of the same names elsewhere.
    [TestCase("""{"usage":{"total_tokens":9,"completion_tokens":2,"prompt_tokens":7},"choices":[{"finish_reason":"stop","message":{"content":"a"}}],"model":"m","id":"i"}""", "a; stop; i m; 7 2 9 - -")]
    [TestCase("""{"object":{"choices":[],"usage":{}},"choices":[{"logprobs":{"content":[{"token":"x"}],"message":null},"message":{"tool_calls":[{"content":"x"}],"content":"a"}}]}""", "a; -; - -; none")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":7,"prompt_tokens_details":{"audio_tokens":1,"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":3,"prompt_tokens":8},"completion_tokens":2}}""", "a; -; - -; 7 2 9 5 3")]
    // Null is missing, and the last of two counts.
    [TestCase("""{"id":null,"model":null,"error":null,"choices":[{"finish_reason":null,"message":{"refusal":null,"content":"a"}}],"usage":null}""", "a; -; - -; none")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":null,"prompt_tokens_details":null}}""", "a; -; - -; - - - - -")]
    [TestCase("""{"choices":[{"message":{"content":"a","content":"b"},"finish_reason":"length","finish_reason":"stop"}],"id":"i","id":"j"}""", "b; stop; j -; none")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}],"choices":[{"message":{"content":"b"}}],"error":"down","error":null}""", "b; -; - -; none")]
    [TestCase("""{"choices":[{"message":{"content":"a"},"finish_reason":"stop","message":{"content":"b"}}]}""", "b; stop; - -; none")]
    // Escapes, in names too.
    [TestCase("""{"ch\u006fices":[{"message":{"c\u006fntent":"\u00e9\n\"\\\u0000\ud83d\ude00 世界"}}]}""", "é\n\"\\\0😀 世界; -; - -; none")]
    // A list of parts.
    [TestCase("""{"choices":[{"message":{"content":[{"text":"a","type":"text"},"b",5,null,[{"text":"no"}],{"text":5},{"text":null},{"image":{"text":"no"}},{"type":"reasoning","text":"no"},{"text":"c"}]}}]}""", "abc; -; - -; none")]
    [TestCase("""{"choices":[{"message":{"content":[{"text":""}],"refusal":"never"}}]}""", "never; content_filter; - -; none")]
    // Only the first choice was asked for.
    [TestCase("""{"choices":[{"message":{"content":"a"}},{"message":{"content":"b"}},5,[{}]]}""", "a; -; - -; none")]
    // Wrong types where nothing is needed.
    [TestCase("""{"id":5,"model":{"id":"m"},"choices":[{"message":{"content":"a","refusal":{}},"finish_reason":[1]}],"usage":[{"prompt_tokens":7}]}""", "a; -; - -; none")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}],"error":5}""", "a; -; - -; none")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":"7","completion_tokens":1.5,"total_tokens":-1,"prompt_tokens_details":[],"completion_tokens_details":{"reasoning_tokens":true}}}""", "a; -; - -; - - - - -")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":99999999999999999999,"completion_tokens":1e400,"total_tokens":3000000000}}""", "a; -; - -; - - - - -")]
    // As deep as a reader goes.
    [TestCase($$"""{"x":{{Arrays60}},"choices":[{"message":{"content":"a","x":{{Arrays60}} } }] }""", "a; -; - -; none")]
    [TestCase(" \n{\"choices\":[{\"message\":{\"content\":\"a\"}}]}\r\n ", "a; -; - -; none")]
    public void Read_OddCompletion_TakesWhatIsThere(string body, string expected) =>
        Assert.That(Shown(OpenAiReplyReader.Read(Encoding.UTF8.GetBytes(body), Failures)), Is.EqualTo(expected));

    [TestCase("""{}""", ModelFailure.MalformedReply)]
    [TestCase("""{"choices":"x"}""", ModelFailure.MalformedReply)]
    [TestCase("""{"choices":{"message":{"content":"a"}}}""", ModelFailure.MalformedReply)]
    [TestCase("""{"choices":[null,{"message":{"content":"a"}}]}""", ModelFailure.MalformedReply)]
    [TestCase("""{"choices":[{"message":{"content":"a"}}],"choices":[]}""", ModelFailure.MalformedReply)]
    [TestCase("""{"Choices":[{"message":{"content":"a"}}]}""", ModelFailure.MalformedReply)]
    [TestCase("""{"choices":[{"message":{"content":5}}]}""", ModelFailure.EmptyReply)]
    [TestCase("""{"choices":[{"message":"a"}]}""", ModelFailure.EmptyReply)]
    [TestCase("""{"choices":[{"message":{"content":"a"},"message":null}]}""", ModelFailure.EmptyReply)]
    [TestCase("""{"choices":[{"message":{"content":[]},"finish_reason":"length"}]}""", ModelFailure.OutputLimit)]
    [TestCase("""{"choices":[{"message":{"content":"a"}}],"error":"down"}""", ModelFailure.ServerError)]
    [TestCase("""{"error":{"x":[{}],"code":429},"choices":[{"message":{"content":"a"}}]}""", ModelFailure.RateLimited)]
    public void Read_CompletionWithoutText_SaysWhy(string body, ModelFailure expected)
    {
        var thrown = Assert.Throws<ModelException>(() => OpenAiReplyReader.Read(Encoding.UTF8.GetBytes(body), Failures));

        Assert.That(thrown!.Failure, Is.EqualTo(expected));
    }

    [TestCase("""[]""")]
    [TestCase("""5""")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}]} and more""")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}]}{}""")]
    [TestCase("""{"choices":[{"message":{"content":"a"}},]}""")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}]/* no */}""")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}],"x":[1,}""")]
    [TestCase("""{"choices":[{"message":{"content":"a"}}]""")]
    [TestCase("""{"choices":[{"message":{"content":"a\q"}}]}""")]
    [TestCase($$"""{"x":[[[[{{Arrays60}}]]]]}""")]
    public void Read_BrokenJson_Throws(string body)
    {
        Assert.Catch<JsonException>(() => OpenAiReplyReader.Read(Encoding.UTF8.GetBytes(body), Failures));
        Assert.Catch<JsonException>(() => AnthropicReplyReader.Read(Encoding.UTF8.GetBytes(body), Failures));
    }

    [TestCase("""{"usage":{"output_tokens":2,"cache_creation_input_tokens":4,"cache_read_input_tokens":3,"input_tokens":7,"server_tool_use":{"input_tokens":1}},"stop_reason":"end_turn","content":[{"text":"a","type":"text"}],"model":"m","id":"i"}""", "a; stop; i m; 14 2 16 3 -")]
    [TestCase("""{"content":[{"type":"thinking","thinking":"no","text":"no"},{"type":"text","text":"a","citations":[{"type":"x","text":"no"}]},{"text":"b"},{"type":"text","text":5},null,"c",["no"],{"type":"text","text":"d"}]}""", "abcd; -; - -; none")]
    [TestCase("""{"content":[{"type":"text","text":""}],"stop_reason":"end_turn","usage":{"input_tokens":"7","cache_read_input_tokens":9223372036854775807,"output_tokens":-2}}""", "; stop; - -; - - - - -")]
    [TestCase("""{"id":[],"model":5,"content":[{"type":"text","text":"no"}],"content":[{"type":"text","text":"a"}],"stop_reason":{},"usage":5,"error":null}""", "a; -; - -; none")]
    public void Read_OddMessage_TakesWhatIsThere(string body, string expected) =>
        Assert.That(Shown(AnthropicReplyReader.Read(Encoding.UTF8.GetBytes(body), Failures)), Is.EqualTo(expected));

    [TestCase("""{}""", ModelFailure.MalformedReply)]
    [TestCase("""{"content":5}""", ModelFailure.MalformedReply)]
    [TestCase("""{"content":[{"type":"text","text":"a"}],"content":null}""", ModelFailure.MalformedReply)]
    [TestCase("""{"content":[5,{"type":"image","text":"a"}]}""", ModelFailure.EmptyReply)]
    [TestCase("""{"content":[],"stop_reason":"refusal"}""", ModelFailure.Refused)]
    [TestCase("""{"content":[{"type":"text","text":""}],"stop_reason":"max_tokens"}""", ModelFailure.OutputLimit)]
    [TestCase("""{"content":[{"type":"text","text":"a"}],"error":{"type":"rate_limit_error"}}""", ModelFailure.RateLimited)]
    public void Read_MessageWithoutText_SaysWhy(string body, ModelFailure expected)
    {
        var thrown = Assert.Throws<ModelException>(() => AnthropicReplyReader.Read(Encoding.UTF8.GetBytes(body), Failures));

        Assert.That(thrown!.Failure, Is.EqualTo(expected));
    }

    [Test]
    public void Read_TextInManyParts_TakesMemoryOfItsLength()
    {
        // 20,000 parts: a text that is copied for each of them takes 400 MB.
        string parts = string.Concat(Enumerable.Repeat("""{"type":"text","text":"a"},""", 20_000)).TrimEnd(',');
        byte[] completion = Encoding.UTF8.GetBytes($$"""{"choices":[{"message":{"content":[{{parts}}] } }] }"""), message =
            Encoding.UTF8.GetBytes($$"""{"content":[{{parts}}] }""");
        long before = GC.GetAllocatedBytesForCurrentThread();

        string fromCompletion = OpenAiReplyReader.Read(
            completion, Failures).Text, fromMessage = AnthropicReplyReader.Read(message, Failures).Text;

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(8_000_000));
        Assert.That((fromCompletion, fromMessage), Is.EqualTo((new string('a', 20_000), new string('a', 20_000))));
    }

    private static string Shown(ChatResponse response)
    {
        string usage = response.Usage is { } used
            ? string.Join(' ', new[] { used.InputTokenCount, used.OutputTokenCount, used.TotalTokenCount, used.CachedInputTokenCount,
                used.ReasoningTokenCount }.Select(count => count?.ToString(CultureInfo.InvariantCulture) ?? "-"))
            : "none";
        return $"{response.Text}; {response.FinishReason?.Value ?? "-"}; {response.ResponseId ?? "-"} {response.ModelId ?? "-"}; {usage}";
    }
}
