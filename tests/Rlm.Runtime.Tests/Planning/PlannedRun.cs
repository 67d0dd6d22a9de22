using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Tests.Planning;

/// <summary>A program's plan, and the run after it.</summary>
internal sealed partial record PlannedRun(SpendingPlan Plan, ProgramRun Run)
{
    /// <summary>Plans and runs; a stage that would make more than so many calls stops the program.</summary>
    public static async Task<PlannedRun> OfAsync(string program, string context, IChatClient model, int mostCalls)
    {
        var session = ProgramRun.Session(context, model, new RlmOptions { MaxCalls = mostCalls, Parallel = 1 });
        return new PlannedRun(await session.PlanAsync(program), await ProgramRun.RunAsync(session, program));
    }

    /// <summary>The calls that the run made for stages of one text, and what the plan says of them, where it says anything.</summary>
    public IEnumerable<(string Stage, long Made, SpendingStage[] Planned)> Stages => Run.Events.OfType<StageFinished>().Where(stage => stage.Root is null)
        .GroupBy(stage => stage.Stage)
        .Select(stages =>
            (stages.Key, stages.Sum(stage => (long)stage.Calls), Plan.Stages.Where(stage => stage.Stage == stages.Key).ToArray()));

    /// <summary>
    /// A model whose replies depend on the prompt alone and fit its type; some first replies do not where <paramref name="isSloppy"/>.
    /// </summary>
    /// <param name="windowTokens">A small window makes trees of several levels.</param>
    /// <param name="isSloppy">Whether replies have to be asked for again.</param>
    /// <param name="isByRow">Whether a row has the same reply in any pack, and alone.</param>
    public static ScriptedChatClient Model(int windowTokens, bool isSloppy = false, bool isByRow = false) => new((call, _) =>
    {
        if (call.Messages[0].Text.StartsWith("You answer a question about data", StringComparison.Ordinal))
            return Task.FromResult(Response(Root(call, mayFail: !isByRow)));

        string prompt = call.LastText, type = prompt.Split("<reply>\n")[^1].Split('\n')[0];
        uint hash = Hash(prompt);
        int rows = prompt.Contains("<rows>", StringComparison.Ordinal) ? prompt.Split("<rows>")[1].Split("\n[")[1..].Count(static row => !row.StartsWith("-]", StringComparison.Ordinal)) : 0;
        bool isWrong = isSloppy && hash % 4 == 0 && !prompt.Contains("An earlier reply", StringComparison.Ordinal);
        string One(uint number) => isWrong ? "" : type switch
        {
            "bool" => number % 2 == 0 ? "true" : "false",
            "number" => $"{number % 9}",
            "list of list of number" => number % 3 == 0 ? "[]" : "[[2, 1]]",
            "list of text" or "list of text?" =>
                (number % 4) switch { 0 => "[]", 1 => "[\"x\", \"y\"]", 2 => "[\"a 1\", \"b, 2\", \"c\", \"d\", \"e\", \"f\"]", _ => "- one\n- two, 1\n- three" },
            _ when type.StartsWith("one of", StringComparison.Ordinal) => "abc"[(int)(number % 3)].ToString(),
            _ when type.StartsWith('{') => $"{{{string.Join(", ", FieldOfType.Matches(type).Select(ReplyOf))}}}",
            _ when isByRow => $"reply {number % 5} to it, {number % 7}",
            _ when rows == 0 && number % 3 == 0 => $"a,b\nreply 1,{number % 5}\n\n{{\"a\": 1}}\n{{\"a\": 2}}\nreply 2, it. A reply.\nreply",
            _ => $"reply {number % 5} to it.",
        };
        if (isByRow)
            return Task.FromResult(Response(AnswerRows(prompt, One)));

        string text = rows == 0
            ? One(hash)
            : string.Join('\n', Enumerable.Range(1, rows).Select(row => $"[{row}] {One(hash + (uint)row)}"));
        return Task.FromResult(Response(text));
    })
    { Services = [new ChatClientTraits { WindowTokens = windowTokens, MaxOutputTokens = 200 }] };

    private static string ReplyOf(Match field) =>
        $"\"{field.Groups[1].Value}\": {field.Groups[2].Value switch { "number" => "2", "bool" => "true", "list" => "[\"x\"]", _ => "\"k\"" }}";

    private static ChatResponse Response(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };

    private static uint Hash(string text) => text.Aggregate(17u, (sum, letter) => (sum * 31) + letter);

    /// <summary>The reply for the data of a prompt, or for each of its rows, told by the question and the row alone.</summary>
    private static string AnswerRows(string prompt, Func<uint, string> answer)
    {
        string question = prompt[..DataFrame.Match(prompt).Index];
        if (PromptMarkers.Unwrap(prompt, PromptMarkers.Rows) is not { } rows)
            return answer(Hash(question + PromptMarkers.Unwrap(prompt, PromptMarkers.Data)!.TrimEnd()));

        return string.Join('\n', RowStart.Split("\n" + rows)[1..].Select(
            (row, place) => $"[{place + 1}] {answer(Hash(question + row.Replace("\n  ", "\n", StringComparison.Ordinal)))}"));
    }

    [GeneratedRegex(@"^--- (data|rows) [a-z]{5} ---$", RegexOptions.Multiline | RegexOptions.RightToLeft)]
    private static partial Regex DataFrame { get; }

    [GeneratedRegex(@"(\w+): (\w+)")]
    private static partial Regex FieldOfType { get; }

    [GeneratedRegex(@"\n\[\d+\] ?")]
    private static partial Regex RowStart { get; }

    /// <summary>
    /// What a root of a stage writes: a program that asks about its piece, more than once or in vain by what it is, and an answer that fits.
    /// Where the first ones fail no other is asked, so that a cut before the stage is told from one behind it.
    /// </summary>
    private static string Root(ScriptedCall call, bool mayFail)
    {
        uint hash = call.Messages[1].Text.Split("<budget>")[0].Aggregate(17u, (sum, letter) => (sum * 31) + letter);
        int turn = call.Messages.Count(message => message.Role == ChatRole.Assistant);
        string program = (hash % 5, turn) switch
        {
            (0, 0) => "let said = context | llm \"Say.\"\nsaid",
            (1, 0) => "context | describe",
            (2, 0) => "[\"x\", \"y 1\", \"z\"] | map llm \"Say: {it}\"",
            (3, _) when mayFail => "context",
            _ => Shaped(call.Messages[1].Text, hash),
        };
        return $"```rlm\n{program}\n```";
    }

    private static string Shaped(string prompt, uint hash) => prompt.Split("a value of the type ") is not [_, var rest] ? $"answer \"said {hash % 5}\""
        : rest.StartsWith("bool", StringComparison.Ordinal) ? $"answer {hash % 2} == 0"
        : rest.StartsWith("number", StringComparison.Ordinal) ? $"answer {hash % 9}"
        : rest.StartsWith("list", StringComparison.Ordinal) ? "answer [\"x\", \"y\"]"
        : rest.StartsWith('{') ? "answer {kind: \"k\", size: 2}"
        : "answer \"a\"";
}
