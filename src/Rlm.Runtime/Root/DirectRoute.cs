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

    /// <summary>Whether a question is better answered in one call. One that counts, ranks or lists is not: programs are exact.</summary>
    public static bool Fits(string question, IReadOnlyList<RlmVariable> variables, RlmOptions options, ModelCaller root) =>
        options.DirectTokens > 0 && options.Tools.Count == 0 && VariableCards.Tokens(variables) < Math.Min(
            options.DirectTokens, root.Traits.WindowTokens - root.MaxReplyTokens - PromptReserveTokens) && !Aggregate.IsMatch(question);

    public static IReadOnlyList<ChatMessage> Messages(string question, IReadOnlyList<RlmVariable> variables, RlmOptions options, DateTimeOffset clock)
    {
        string data = string.Join("\n\n", variables.SelectMany(variable => variable.Sources.Select(source =>
            variables.Count == 1 && variable.Sources.Count == 1
                ? source.Whole.Decode()
                : $"# {variable.Name}: {source.Name}\n{source.Whole.Decode()}")));
        string instruction = options.Instructions is null ? question : $"{question}\n\n{options.Instructions}";
        string today = PromptMarkers.Frame(PromptMarkers.Given, Invariant($"today: {clock:yyyy-MM-dd}"));
        return AskPrompt.ForItem(new AskItem($"{instruction}\n\n{today}", data, null), RlmType.Text, null);
    }

    [GeneratedRegex(@"\b(how (many|much|often)|count|number of|most|least|fewest|average|mean|median|total|sum|percent\w*|share|frequen\w*|more|fewer|less|list|each|every|all|per|top|which|sort|rank|longest|shortest|highest|lowest|best|worst|unique|distinct)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Aggregate { get; }
}
