using Microsoft.Extensions.AI;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Operators;

namespace Rlm.Runtime.Shards;

/// <summary>
/// Asks what the paid stages of a program ask about the rows of one shard. A merge goes the same way over the lines of each part, with the replies
/// that it holds, so that it knows the value of each row in whatever pack it was asked.
/// </summary>
/// <param name="run">The run, which a model is asked in, or which has replies alone.</param>
/// <param name="models">The models.</param>
/// <param name="program">The program.</param>
/// <param name="variables">What it was checked against.</param>
internal sealed class ShardCalls(RunContext run, SubModels models, RlmProgram program, VariableTable variables)
{
    private readonly List<BoundPipeline> _heads = [.. ProgramCut.Of(program.Bound!, run.Options).PaidHeads];

    /// <summary>Has a merge know the values of rows that shards asked about, before it runs the program or plans it.</summary>
    /// <param name="run">The merge.</param>
    /// <param name="models">Its models.</param>
    /// <param name="program">The program.</param>
    /// <param name="variables">What it was checked against.</param>
    /// <param name="model">The model of paid stages.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TextException">A part is gone, or the shards asked another model.</exception>
    public static async Task TakeAsync(
        RunContext run, SubModels models, RlmProgram program, VariableTable variables, IChatClient model, CancellationToken cancellationToken)
    {
        if (run.Options.Parts is not { Paid: { } paid } parts || program.HasErrors)
            return;

        run.Shards = paid;
        if (!run.Replies.TakesShards())
            return;

        parts.RequireModel(model);
        await parts.ReadEachAsync(ReplayAsync, cancellationToken).ConfigureAwait(false);

        async Task ReplayAsync(IReadOnlyList<RlmVariable> texts)
        {
            var replay = run.ForReplay();
            try
            {
                await new ShardCalls(replay, models.ForPlanning(replay), program, variables).AskAsync(texts, cancellationToken).ConfigureAwait(false);
            }
            catch (ModelException)
            {
                // A reply that no part has is asked for when the program comes to it.
            }

            run.Replies.Rows.Add(replay.Replies.Rows);
        }
    }

    /// <summary>Asks; what stops a stage is told, and the others go on.</summary>
    /// <param name="texts">The variables as the shard has them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was lost or stopped, in one line each, and whether a limit did.</returns>
    /// <exception cref="ModelException">The model cannot be used at all.</exception>
    public async Task<(IReadOnlyList<string> Reasons, bool IsOverLimit)> AskAsync(IReadOnlyList<RlmVariable> texts, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        bool isOverLimit = false;
        var values = texts.ToDictionary(FindSymbol, HostedValue.Of);
        var pipelines = new PipelineExecutor(run, models, variables, program.Source);
        foreach (var head in _heads)
        {
            var evaluation = new EvaluationContext(values, cancellationToken)
            {
                Operators = OperatorTable.ByName,
                Tools = run.Tools,
                TokenFactor = models.TokenFactor,
                Clock = run.Clock,
            };
            foreach (var let in PaidHead.FindLets(head))
                values.TryAdd(let, ExpressionEvaluator.Evaluate(let.Definition!.Source, null, evaluation));
            try
            {
                await pipelines.EvaluateAsync(head, evaluation).ConfigureAwait(false);
            }
            catch (EvaluationException exception)
            {
                reasons.Add(exception.Message);
                isOverLimit |= exception.IsBudget;
            }
            catch (LimitReachedException exception)
            {
                reasons.Add(exception.Message);
                isOverLimit = true;
            }

            isOverLimit |= evaluation.Losses.Any(static loss => loss.Kind == RlmLossKind.LimitReached);
            // What is lost of lines is told by the merge, that has them all.
            reasons.AddRange(evaluation.Losses.Where(static loss => loss.Kind is RlmLossKind.FailedItems or RlmLossKind.LimitReached).Select(static loss => loss.Text));
        }

        return ([.. reasons.Distinct()], isOverLimit);
    }

    private VariableSymbol FindSymbol(RlmVariable variable) =>
        variables.Symbols.First(symbol => symbol.Name == variable.Name && symbol.Definition is null);
}
