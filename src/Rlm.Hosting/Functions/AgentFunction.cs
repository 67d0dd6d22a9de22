using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Functions;

/// <summary>An agent over some texts as a function that another model may call with a question.</summary>
internal sealed class AgentFunction(IRlmAgent agent, IReadOnlyList<RlmVariable> variables, string name, string description) : AIFunction
{
    private const string Question = "question";

    private static readonly JsonElement Schema = JsonElement.Parse(
        $$"""
        {
          "type": "object",
          "properties": { "{{Question}}": { "type": "string", "description": "One question about the texts, with all that it takes to understand it." } },
          "required": ["{{Question}}"],
          "additionalProperties": false
        }
        """);

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => Schema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        string question = arguments.TryGetValue(Question, out object? given) ? QuestionOf(given) : "";
        if (string.IsNullOrWhiteSpace(question))
            throw new ArgumentException($"The function `{name}` is called without a `{Question}`.", nameof(arguments));

        return Describe(await agent.AskAsync(question, variables, cancellationToken).ConfigureAwait(false));
    }

    private static string QuestionOf(object? given) => given switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        _ => "",
    };

    /// <summary>What the calling model is told: that there is no answer, or no whole one, too.</summary>
    private static JsonElement Describe(RlmResult result)
    {
        var told = new JsonObject { ["answer"] = result.Answer };
        if (result.Outcome != RlmOutcome.Answered)
            told["outcome"] = result.Outcome.ToString();
        if (result.IsPartial)
            told["partial"] = true;
        if (result.Reasons.Count > 0)
            told["reasons"] = new JsonArray([.. result.Reasons.Select(reason => (JsonNode?)reason)]);
        if (result.Citations.Count > 0)
            told["citations"] = new JsonArray([.. result.Citations.Select(citation => (JsonNode?)citation)]);
        return JsonElement.Parse(told.ToJsonString());
    }
}
