using Rlm.Dsl.Binding;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;

namespace Rlm.Runtime.Planning;

/// <summary>Tells how a program would run, as far as that is known without its variables: the types, and which stages are paid.</summary>
internal sealed class ProgramOutline(SourceText source)
{
    private const string Context = "there is a context";

    private readonly ProgramTrace _trace = new();
    private readonly List<SpendingStage> _paid = [];
    private readonly HashSet<VariableSymbol> _taken = [];

    public RlmExplanation Explain(BoundProgram program)
    {
        foreach (var statement in program.Statements)
        {
            switch (statement)
            {
                case BoundAssert assert:
                    TakeVariables(BoundTree.Variables([assert.Condition]));
                    break;
                case BoundAnswer answer:
                    TakeStatement("answer", answer.Value);
                    break;
                case BoundShow show:
                    TakeStatement("show", show.Value);
                    break;
            }

            if (statement is BoundAnswer)
                break;
        }

        _trace.Drop(program.Statements, _taken.Contains, source);
        return _trace.Explain(new SpendingPlan(_paid));
    }

    private void TakeStatement(string statement, BoundPipeline pipeline)
    {
        TakeVariables(BoundTree.Variables(pipeline));
        _trace.Begin(statement);
        Take(pipeline);
    }

    private void TakeVariables(IEnumerable<VariableSymbol> needed)
    {
        foreach (var symbol in VariableTable.FindMissing(needed, symbol => symbol.Definition is null || _taken.Contains(symbol)))
        {
            _trace.Begin(symbol);
            Take(symbol.Definition!);
            _taken.Add(symbol);
        }
    }

    private void Take(BoundPipeline pipeline)
    {
        var unknown = PlannedValue.Single(null, Context);
        if (pipeline.Source is BoundVariable { Symbol.Definition: null })
            _trace.Remark("items: unknown without a context");
        _trace.TakeSource(pipeline, source, unknown);
        var stages = StageOrder.Of(pipeline, new RlmOptions());
        for (int i = 0; i < stages.Count; i++)
        {
            if (stages[i].Operator.IsPaid)
                _paid.Add(new SpendingStage(PaidStages.TextOf(source, stages[i].Span), SpendingCertainty.NotKnown) { KnownAfter = Context });
            _trace.TakeStage(pipeline, stages, i, source, unknown, stages[i].Operator.IsPaid ? _paid[^1] : null);
        }
    }
}
