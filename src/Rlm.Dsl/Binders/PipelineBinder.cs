using System.Runtime.CompilerServices;
using Rlm.Dsl.Binders.Meanings;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds pipelines: at a statement, in parentheses, in a hole.</summary>
internal sealed class PipelineBinder(BindingContext context)
{
    private readonly ConditionalWeakTable<PipelineSyntax, TypedPipeline> _typed = new();

    /// <summary>A pipeline at a statement's level, which may start with an operator on <c>context</c>, and may be paid.</summary>
    public BoundPipeline BindQuery(PipelineSyntax pipeline)
    {
        if (pipeline.Source is NameSyntax name && !context.Variables.ContainsKey(name.Name)
            && OperatorForms.Of(name.Name).FirstOrDefault(form => form.IsComplete) is { } form)
        {
            var opener = form.ToStage(name.Span, new IdentifierSyntax(name.Span, name.Name), []);
            return Bind(new PipelineSyntax(pipeline.Span, null, [opener, .. pipeline.Stages]), null);
        }

        return Bind(ShellOpening.Find(pipeline, context) ?? pipeline, null);
    }

    /// <summary>A pipeline whose value is shown.</summary>
    public BoundPipeline BindShown(PipelineSyntax pipeline)
    {
        var shown = BindQuery(pipeline);
        return shown with { Source = context.Patterns.Refuse(shown.Source) };
    }

    /// <summary>A pipeline in a scope; null for that of a statement.</summary>
    public BoundPipeline Bind(PipelineSyntax pipeline, ItemScope? scope)
    {
        var source = pipeline.Source is null ? BindContext(pipeline)
            : pipeline.Stages.Count == 0 ? context.Expressions.BindOperand(pipeline.Source, scope)
            : context.Expressions.Bind(pipeline.Source, scope);
        var stages = new List<BoundStage>(pipeline.Stages.Count);
        var type = source.Type;
        var written = GroupedFolds.Join(SlicedRows.Join(LastShown.LeaveOut(pipeline.Stages, context)), context.Sink);
        bool isBroken = false;
        for (int i = 0; i < written.Count; i++)
        {
            ScaledShare.Report(written[i], context);
            var stage = MeantStages.Find(written, i, type, context);
            var bound = context.Stages.Bind(GroupedFolds.AddKey(stage, stages.LastOrDefault()), type, scope, stages.Count == 0 ? source : null, stages.LastOrDefault());
            isBroken = bound is null;
            if (bound is null)
            {
                type = RlmType.Unknown;
                continue;
            }

            if (bound.Operator.IsPaid && scope is not null)
            {
                context.Report(DslDiagnostics.PaidInsideItem, stage.Span,
                    "a paid stage may not stand inside an item expression: its number of calls could not be told",
                    "use `| extend x = llm \"…\"` or `| map llm \"…\"` on the list, or `| reduce llm \"…\" by KEY` for one call a group");
            }

            stages.Add(bound);
            type = bound.Output;
        }

        // What a stage reads that is not bound, nobody knows.
        if (stages.Count == written.Count)
        {
            UnusedValues.Check(stages, context.Sink);
            FilteredNeighbours.Check(stages, context.Sink);
        }

        return new BoundPipeline(pipeline.Span, source, stages) { IsBroken = isBroken };
    }

    /// <summary>A pipeline as a value. One with paid stages is computed before the statement, as a variable of its own.</summary>
    public BoundExpression BindNested(PipelineSyntax pipeline, ItemScope? scope) =>
        context.Patterns.Refuse(BindNestedOperand(pipeline, scope));

    /// <summary>The type of a pipeline as a value. It is bound once: where it stands takes what was bound for its type.</summary>
    public RlmType TypeOf(PipelineSyntax pipeline, ItemScope? scope)
    {
        var bound = BindNestedOperand(pipeline, scope);
        _typed.Remove(pipeline);
        _typed.Add(pipeline, new TypedPipeline(bound, scope));
        return bound.Type;
    }

    /// <summary>A pipeline as a value that may be a pattern.</summary>
    public BoundExpression BindNestedOperand(PipelineSyntax pipeline, ItemScope? scope)
    {
        if (_typed.TryGetValue(pipeline, out var typed) && ReferenceEquals(typed.Scope, scope))
            return typed.Bound;

        var bound = Bind(pipeline, scope);
        if (bound.Stages.Count == 0)
            return bound.IsBroken ? BoundLiteral.MakeMissing(pipeline.Span) : bound.Source;

        if (scope is not null || !bound.IsPaid)
            return new BoundNested(pipeline.Span, bound);

        var symbol = new VariableSymbol(context.TextAt(pipeline.Span), bound.Type, bound);
        context.Statements.Add(new BoundLet(pipeline.Span, symbol));
        return new BoundVariable(pipeline.Span, bound.Type, symbol);
    }

    private BoundExpression BindContext(PipelineSyntax pipeline)
    {
        if (context.Variables.TryGetValue("context", out var variable))
            return new BoundVariable(new SourceSpan(pipeline.Span.Start, 0), variable.Type, variable);

        context.Report(DslDiagnostics.UnknownName, pipeline.Stages[0].Head.Span, "there is no `context` for this operator to work on",
            "start with a variable, as in `NAME | lines`, or give a context");
        return BoundLiteral.MakeMissing(pipeline.Span);
    }

    private sealed record TypedPipeline(BoundExpression Bound, ItemScope? Scope);
}
