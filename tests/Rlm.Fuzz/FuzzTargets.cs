using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Types;
using Rlm.Providers.Wire;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Texts.Matching;
using Rlm.Testing;

namespace Rlm.Fuzz;

/// <summary>What is fuzzed: each takes any bytes, and throws where the code under it does what it must not do.</summary>
internal static class FuzzTargets
{
    private const RegexOptions PatternOptions = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline;
    private const int MaxPatternChars = 60;

    private const int PackedRows = 2;

    // Made at the first input: code that is instrumented must not run before the fuzzer has shared its memory.
    private static readonly Lazy<RlmType> Label = new(() => TypeNotation.Parse("one of [\"spam\", \"ham\"]"));

    private static readonly Lazy<RlmType[]> ReplyTypes = new(() =>
        [Label.Value, .. new[] { "text", "number?", "bool", "date", "quote", "list of text", "list of number",
            "{a: text?, b: one of [\"x\", \"y\"]}", "list of {a: text}" }.Select(TypeNotation.Parse)]);

    private static readonly Dictionary<string, Action<byte[]>> Targets = new()
    {
        ["pattern"] = Pattern,
        ["program"] = Program,
        ["table"] = Table,
        ["reply"] = Reply,
    };

    public static IEnumerable<string> Names => Targets.Keys;

    public static Action<byte[]>? Find(string name) => Targets.GetValueOrDefault(name);

    /// <summary>A pattern, a line end, and a text: the lines that match are those of .NET's engine.</summary>
    private static void Pattern(byte[] input)
    {
        int end = input.AsSpan().IndexOf((byte)'\n');
        if (end < 0)
            return;

        string expression = Encoding.UTF8.GetString(input.AsSpan(0, end));
        if (expression.Length > MaxPatternChars || EngineOf(expression) is not { } engine)
            return;

        byte[] text = input[(end + 1)..];
        var matcher = LinePattern.OfRegex(expression, PatternOptions, () => engine).Rent();
        for (int at = 0; at < text.Length;)
        {
            var (lineEnd, next) = LineMatcher.LineEnd(text, at);
            bool expected = engine.IsMatch(Encoding.UTF8.GetString(text.AsSpan(at..lineEnd)));
            bool isFound = matcher.Find(text.AsSpan(0, next), at) >= 0;
            if (matcher.IsMatch(text.AsSpan(at..lineEnd)) != expected || isFound != expected)
                throw new InvalidOperationException(
                    $"/{expression}/ over {Convert.ToHexString(text.AsSpan(at..lineEnd))}: {expected} is right");
            at = next;
        }
    }

    /// <summary>Any text is a program or has diagnostics, within its limits. A program's layout is its own layout.</summary>
    private static void Program(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        if (RlmLanguage.Format(RlmLanguage.Format(text).Text).IsChanged)
            throw new InvalidOperationException("a layout has another layout");

        var program = RlmProgram.Compile(text);
        foreach (var diagnostic in program.Diagnostics)
        {
            if (diagnostic.Span.Start < 0 || diagnostic.Span.End > program.Source.Content.Length)
                throw new InvalidOperationException($"{diagnostic.Descriptor.Id} points outside the program");
        }
    }

    /// <summary>Any bytes are read as each kind of table, or refused.</summary>
    private static void Table(byte[] input)
    {
        foreach (string kind in new[] { "csv", "tsv", "jsonl", "json" })
        {
            var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromBytes(input))]);
            Run(session, $"let rows = context | parse {kind}\nanswer \"{{rows | count}} {{rows | first 3}}\"").GetAwaiter().GetResult();
        }
    }

    /// <summary>
    /// Any text is read as each type or asked again, and what denies a label is never that label; any bytes are a reply's body or refused.
    /// </summary>
    private static void Reply(byte[] input)
    {
        string received = Encoding.UTF8.GetString(input), reply = ReplyThoughts.Strip(received);
        if (!received.Contains(reply, StringComparison.Ordinal))
            throw new InvalidOperationException("what is left of a reply does not stand in it");

        foreach (var type in ReplyTypes.Value)
        {
            _ = ReplyReader.Read(type, reply, null);
            if (PackedReply.Read(reply, PackedRows, type).Keys.Any(row => row is < 1 or > PackedRows))
                throw new InvalidOperationException("a row that was not asked about has a reply");
        }

        bool isLabel = ReplyReader.Read(Label.Value, reply, null).Value is not null;
        if (isLabel && reply == received && new[] { $"not {reply}", $"probably {reply}", $"{reply} or not" }
            .FirstOrDefault(denied => ReplyReader.Read(Label.Value, denied, null).Value is not null) is { } read)
            throw new InvalidOperationException($"{read} is not a label");

        var failures = new FailureReader(new Uri("http://127.0.0.1/v1"), null, TimeProvider.System);
        foreach (var readBody in new Func<ReadOnlySpan<byte>, FailureReader, ChatResponse>[] { OpenAiReplyReader.Read,
            AnthropicReplyReader.Read })
        {
            Refuse(() => readBody(ReplyBody.Repair((byte[])input.Clone()).Span, failures));
            Refuse(() => readBody(EventStreamReply.Join((byte[])input.Clone(), failures), failures));
        }
    }

    /// <summary>Runs what may refuse its input, in the words that the clients know.</summary>
    private static void Refuse(Action read)
    {
        try
        {
            read();
        }
        catch (Exception refusal) when (refusal is ModelException or JsonException)
        {
            // That is what a client tells.
        }
    }

    private static async Task Run(RlmSession session, string program)
    {
        await foreach (var happened in session.RunStreamingAsync(program))
        {
            if (happened is RunFinished { Result.Outcome: RlmOutcome.LimitReached } finished)
                throw new InvalidOperationException(string.Join("; ", finished.Result.Reasons));
        }
    }

    private static Regex? EngineOf(string expression)
    {
        try
        {
            return new Regex(expression, PatternOptions);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
