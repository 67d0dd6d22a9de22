using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Root;

/// <summary>Small inputs go straight to the model in one call: reading them is cheaper than writing a program about them.</summary>
internal static partial class DirectRoute
{
    private const int PromptReserveTokens = 1_000;
    private const int MostTurns = 2;

    /// <summary>Whether a question is better answered in one call. One that counts, ranks or lists is not: programs are exact.</summary>
    public static bool Fits(string question, IReadOnlyList<RlmVariable> variables, RlmOptions options, ModelCaller root) =>
        options.DirectTokens > 0 && options.Tools.Count == 0 && VariableCards.Tokens(variables) < Math.Min(
            options.DirectTokens, root.Traits.WindowTokens - root.MaxReplyTokens - PromptReserveTokens) && !Aggregate.IsMatch(question);

    /// <summary>Asks for the answer, and where it must have a shape and has not, once more.</summary>
    public static async Task<RlmResult> AnswerAsync(
        RunContext run, IChatClient client, string question, IReadOnlyList<RlmVariable> variables, string? earlier,
        CancellationToken cancellationToken)
    {
        var root = new ModelCaller(client, run, ModelCaller.Root, writesPrograms: true);
        var shape = run.Options.Shape;
        var format = shape is { IsText: false, ObjectSchema: { } schema } && root.Traits.KeepsToSchema ? ReplyFormat.Of(schema) : null;
        string? problem = null;
        for (int turn = 1; ; turn++)
        {
            var messages = Messages(question, variables, earlier, run.Options, run.Clock, problem);
            await RootConsent.RequireAsync(run, root, messages, turn, turns: 1, cancellationToken).ConfigureAwait(false);
            var reply = await root.CallAsync(messages, isShared: false, run.Meter.AddRootCall, cancellationToken, format: format)
                .ConfigureAwait(false);
            string text = reply.Text.Trim();
            if (shape is null || text.Length == 0 || reply.IsRefused)
                return ResultOf(run, reply, text);

            (string? json, problem) = shape.Read(text);
            if (json is not null)
                return ResultOf(run, reply, json);
            if (turn == MostTurns || reply.IsCut)
                return new RlmResult { Outcome = RlmOutcome.NoAnswer, Reasons = [$"the reply was not an answer: {problem}"], Usage = run.Usage };
        }
    }

    private static RlmResult ResultOf(RunContext run, ModelReply reply, string answer)
    {
        bool isAnswered = answer.Length > 0 && !reply.IsRefused;
        return new RlmResult
        {
            Outcome = isAnswered ? RlmOutcome.Answered : RlmOutcome.NoAnswer,
            Answer = isAnswered ? answer : null,
            IsPartial = isAnswered && reply.IsCut,
            Reasons = reply.IsRefused ? [$"the model refused: {answer}"]
                : !isAnswered ? ["the model's reply was empty"]
                : reply.IsCut ? ["the reply was cut off where its tokens ran out"]
                : [],
            Usage = run.Usage,
        };
    }

    /// <summary>The prompt; <paramref name="problem"/> says what was wrong with an earlier reply.</summary>
    private static IReadOnlyList<ChatMessage> Messages(
        string question, IReadOnlyList<RlmVariable> variables, string? earlier, RlmOptions options, DateTimeOffset clock, string? problem)
    {
        string data = string.Join("\n\n", variables.SelectMany(variable => variable.Sources.Select(source =>
            variables.Count == 1 && variable.Sources.Count == 1
                ? source.Whole.Decode()
                : $"# {variable.Name}: {source.Name}\n{source.Whole.Decode()}")));
        string instruction = string.Join("\n\n", new[] { options.InstructionsBefore, question, options.Instructions }.OfType<string>());
        string today = PromptMarkers.Frame(PromptMarkers.Given, Invariant($"today: {clock:yyyy-MM-dd}"));
        var item = new AskItem($"{instruction}{(earlier is null ? "" : $"\n\n{earlier}")}\n\n{today}", data, null);
        return options.Shape is { IsText: false } shape ? AskPrompt.ForShape(item, shape, problem) : AskPrompt.ForItem(item, RlmType.Text, problem);
    }

    [GeneratedRegex(@"\b(how (many|much|often)|count|number of|most|least|fewest|average|mean|median|total|sum|percent\w*|share|frequen\w*|more|fewer|less|list|each|every|all|per|top|which|sort|rank|longest|shortest|highest|lowest|best|worst|unique|distinct)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Aggregate { get; }
}
