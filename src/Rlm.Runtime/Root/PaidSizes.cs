using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Planning;
using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Root;

/// <summary>What a root is told of the size of paid stages before they run.</summary>
internal sealed class PaidSizes(RunContext run, SubModels models)
{
    /// <summary>Fewer calls than a turn of the root is worth are not told.</summary>
    private const int LeastTold = 20;

    private long _told;

    /// <summary>
    /// The plan of a program that would take more than half of the calls that are left; null where it takes less,
    /// or the root was told of as many.
    /// </summary>
    public async Task<SpendingPlan?> LargeAsync(RlmProgram program, VariableTable variables, CancellationToken cancellationToken)
    {
        if (!program.IsPaid || run.Consent is not null)
            return null;

        var plan = (await new Planner(run, models, variables).PlanAsync(program.Bound!, program.Source, cancellationToken)
            .ConfigureAwait(false)).Plan;
        if (plan.StopsAt is not null || plan.Refusal is not null || plan.Concerns.Count > 0 || plan.Calls < LeastTold
            || plan.Calls * 2 <= run.Budget.Left || plan.Calls <= _told)
            return null;

        _told = plan.Calls;
        return plan;
    }

    /// <summary>The variables, and of those that are not computed yet and are paid what that will take.</summary>
    public async Task<IReadOnlyList<DefinedVariable>> DescribeAsync(
        IReadOnlyList<VariableSymbol> symbols, VariableTable variables, CancellationToken cancellationToken)
    {
        var defined = new List<DefinedVariable>();
        foreach (var symbol in symbols)
            defined.Add(new DefinedVariable(
                symbol.Name,
                ValueCard.TypeText(symbol.Type),
                await PlanPendingAsync(symbol, variables, cancellationToken).ConfigureAwait(false)));
        return defined;
    }

    private async Task<string?> PlanPendingAsync(VariableSymbol symbol, VariableTable variables, CancellationToken cancellationToken)
    {
        if (!VariableTable.FindMissing([symbol], variables.Values.ContainsKey).Any(static needed => needed.Definition!.IsPaid))
            return null;

        var program = variables.Compile(new SourceText(symbol.Name), run.Options.RulesAt(run.Depth) with { Shape = null });
        if (program.HasErrors)
            return null;

        var plan = (await new Planner(run, models, variables).PlanAsync(program.Bound!, program.Source, cancellationToken)
            .ConfigureAwait(false)).Plan;
        return plan.IsComplete
            ? $"{(plan.IsExact ? "" : "at most ")}{Amount.Of(plan.Calls, "call")}"
            : "calls whose number is not known yet";
    }
}

/// <summary>A variable that a program defined.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Pending">What computing it will take, such as <c>12 calls</c>; null where it is computed or free.</param>
internal sealed record DefinedVariable(string Name, string Type, string? Pending)
{
    public override string ToString() => $"{Name}: {Type}{(Pending is null ? "" : $" (not computed yet: using it takes {Pending})")}";
}
