using Microsoft.Extensions.AI;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Root;

/// <summary>Child roots: the same loop as that of a run, over a piece, with calls of its own, one level deeper.</summary>
/// <param name="root">The model that writes their programs.</param>
/// <param name="sub">The model of their paid stages.</param>
internal sealed class ChildRoots(IChatClient root, IChatClient sub) : IChildRoots
{
    private const string Context = "context";

    /// <inheritdoc/>
    public long TokensOfPrompt(RunContext run) => TokenEstimate.OfText(RootPrompt.System(run.Options, run.Depth + 1));

    /// <inheritdoc/>
    public Task<RlmResult> AskAsync(ChildQuestion question, string? model, RunContext run, CancellationToken cancellationToken)
    {
        var caller = new ModelCaller(model is null ? root : run.Options.Models[model], run, model ?? ModelCaller.Root, writesPrograms: true);
        var models = new SubModels(sub, run) { RootModel = root, Children = this };
        var variables = new VariableTable(new VariableSymbol(Context, question.Type, null), question.Piece);
        return new RootLoop(run, caller, models).RunAsync(
            question.Text, VariableCards.Of(question, Context), new RootMemory(variables), cancellationToken);
    }
}
