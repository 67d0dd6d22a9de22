using Microsoft.Extensions.AI;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;

namespace Rlm.Runtime.Models.Calls;

/// <summary>The models that paid stages may ask.</summary>
internal sealed class SubModels(IChatClient model, RunContext run)
{
    private readonly ModelCaller _default = new(model, run, ModelCaller.Sub);

    /// <summary>How many tokens of the default model stand for an estimated one.</summary>
    public double TokenFactor => _default.TokenFactor;

    /// <summary>The model that writes the programs of child roots; null for the one of sub-calls.</summary>
    public IChatClient? RootModel { get; init; }

    /// <summary>Who asks child roots; null for nobody, as in a plan.</summary>
    public IChildRoots? Children { get; init; }

    /// <summary>Those of the run, where these are of its plan; else null.</summary>
    private SubModels? OfRun { get; init; }

    /// <inheritdoc cref="IChildRoots.TokensOfPrompt"/>
    public long RootPromptTokens => OfRun?.RootPromptTokens ?? Children?.TokensOfPrompt(run) ?? 0;

    /// <summary>The same models for a plan, which asks none.</summary>
    /// <param name="planning">The run that the plan is made in.</param>
    public SubModels ForPlanning(RunContext planning) =>
        new(new HeldRepliesClient(model), planning)
        {
            RootModel = RootModel is null ? null : new HeldRepliesClient(RootModel),
            OfRun = this,
        };

    /// <summary>The stage's model: the one that <c>with model</c> names, else the default.</summary>
    public ModelCaller Find(BoundStage stage)
    {
        if (stage.Find(Slots.Model) is not { } name)
            return stage.AsksRoots ? new ModelCaller(RootModel ?? model, run, ModelCaller.Root, writesPrograms: true) : _default;

        return run.Options.Models.TryGetValue(name, out var named)
            ? new ModelCaller(named, run, name, stage.AsksRoots)
            : throw new EvaluationException(stage.Span, $"there is no model `{name}` to ask",
                run.Options.Models.Count == 0
                    ? "leave `with model` out"
                    : $"there are {string.Join(", ", run.Options.Models.Keys.Select(key => $"`{key}`"))}");
    }

    /// <summary>All models that the stage may ask: child roots ask any for what they run.</summary>
    public IReadOnlyList<ModelCaller> ListAll(BoundStage stage) => !stage.AsksRoots
        ? [Find(stage)]
        : [Find(stage), _default, .. run.Options.Models.Select(named => new ModelCaller(named.Value, run, named.Key))];
}
