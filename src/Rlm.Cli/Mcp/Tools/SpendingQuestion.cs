using System.Text.Json;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Mcp.Sessions;
using Rlm.Cli.Output;

namespace Rlm.Cli.Mcp.Tools;

/// <summary>Asks the host's user before a program spends anything: in the middle of the request, or by a result that it comes again for.</summary>
/// <param name="request">The request.</param>
/// <param name="host">Takes questions.</param>
/// <param name="program">The program.</param>
/// <param name="model">The model that it would ask.</param>
/// <param name="allowed">The stages that the user has said yes to.</param>
internal sealed class SpendingQuestion(McpRequest request, HostRequests host, string program, string model, IReadOnlyList<SpendingStage> allowed)
{
    /// <summary>What the question is called in a result, and its answer in the request that comes again.</summary>
    public const string Name = "spend";

    private const string Method = "elicitation/create";
    private const int MaxProgramChars = 600;

    // The answer is the action itself: there is nothing to fill in.
    private static readonly JsonElement NoFields = RpcWriter.ParseJson("""{"type":"object","properties":{}}""");

    // A yes to a stage counts once in a run.
    private readonly List<SpendingStage> _left = [.. allowed];

    /// <summary>The plan that waits for an answer; null for none.</summary>
    public SpendingPlan? Open { get; private set; }

    /// <summary>Why the program may not go on; null where it may.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether an answer of a host is a yes.</summary>
    public static bool IsYes(JsonElement answer) =>
        RpcMessage.FindProperty(answer, "action") is { ValueKind: JsonValueKind.String } action && action.ValueEquals("accept");

    /// <summary>What is said where the user said no.</summary>
    public static string Declined => "The user did not allow it: nothing more was spent. Write the program with fewer calls, or with free stages alone.";

    public async ValueTask<bool> AskAsync(SpendingPlan plan, CancellationToken cancellationToken)
    {
        if (IsAllowed(plan))
            return true;

        string text = Tell(plan);
        if (!request.AsksUser)
        {
            Refusal = $"The program would spend, and this host cannot ask its user:\n{text}\nNothing was spent. The server is started with --yes to allow it within --max-calls and --max-cost.";
            return false;
        }

        if (request.IsStateless)
        {
            Open = plan;
            return false;
        }

        var answer = await host.AskAsync(Method, RpcWriter.ToElement(Write(text, null), McpJsonContext.Default.McpForm), cancellationToken).ConfigureAwait(false);
        Refusal = IsYes(answer) ? null : Declined;
        return Refusal is null;
    }

    /// <summary>The result that asks, for what a request comes again.</summary>
    public McpInputRequired WriteResult(PendingQuestions pending, string session) => new(
        new Dictionary<string, McpInputRequest> { [Name] = new(Method, Write(Tell(Open!), "form")) },
        pending.Add(new PendingQuestion(session, program, [.. allowed, .. Open!.Stages])))
    {
        ResultType = "input_required",
    };

    private static string Tell(SpendingPlan plan) => string.Join('\n', PlanText.LinesOf(plan));

    /// <summary>Whether the user has said yes to each stage that would spend. One of which nobody knows yet is asked about when it is reached.</summary>
    private bool IsAllowed(SpendingPlan plan)
    {
        var left = new List<SpendingStage>(_left);
        foreach (var stage in plan.Stages.Where(static stage => stage is { Certainty: not SpendingCertainty.NotKnown, MaxCalls: > 0 }))
        {
            int at = left.FindIndex(known => known.Stage == stage.Stage && known.MaxCalls >= stage.MaxCalls && known.MaxInputTokens >= stage.MaxInputTokens
                && known.MaxOutputTokens >= stage.MaxOutputTokens && (known.MaxCostUsd ?? 0) >= (stage.MaxCostUsd ?? 0));
            if (at < 0)
                return false;
            left.RemoveAt(at);
        }

        _left.Clear();
        _left.AddRange(left);
        return true;
    }

    private McpForm Write(string plan, string? mode) => new(
        mode, $"Ask the model {model}?\n{plan}\n\nThe program:\n{PlainText.Cut(PlainText.Safe(program.Trim()), MaxProgramChars)}", NoFields);
}
