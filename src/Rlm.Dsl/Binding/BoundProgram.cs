using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Binding;

/// <summary>A checked program.</summary>
internal sealed record BoundProgram(IReadOnlyList<BoundStatement> Statements)
{
    /// <summary>Every pipeline: those of statements, then those inside expressions.</summary>
    public IEnumerable<BoundPipeline> Pipelines => Whole.Concat(Whole.SelectMany(BoundTree.Expressions).Concat(Conditions)
        .SelectMany(BoundTree.Descendants).OfType<BoundNested>().Select(static nested => nested.Pipeline));

    /// <summary>The variables that are read and that the host gives, as often as they are read.</summary>
    public IEnumerable<VariableSymbol> HostVariables =>
        Whole.SelectMany(BoundTree.Variables).Concat(BoundTree.Variables(Conditions)).Where(static symbol => symbol.Definition is null);

    private IEnumerable<BoundPipeline> Whole => Statements.SelectMany(static statement => statement switch
    {
        BoundLet { Symbol.Definition: { } definition } => [definition],
        BoundAnswer answer => [answer.Value],
        BoundShow show => [show.Value],
        _ => (IEnumerable<BoundPipeline>)[],
    });

    private IEnumerable<BoundExpression> Conditions => Statements.OfType<BoundAssert>()
        .SelectMany(static assert => assert.Message is { } message ? new[] { assert.Condition, message } : [assert.Condition]);
}

internal abstract record BoundStatement(SourceSpan Span);

/// <summary>Defines a variable, whose value is made when it is first needed. Its definition is the symbol's.</summary>
internal sealed record BoundLet(SourceSpan Span, VariableSymbol Symbol) : BoundStatement(Span);

internal sealed record BoundAnswer(SourceSpan Span, BoundPipeline Value) : BoundStatement(Span);

internal sealed record BoundAssert(
    SourceSpan Span, BoundExpression Condition, BoundExpression? Message, string ConditionText) : BoundStatement(Span);

internal sealed record BoundShow(SourceSpan Span, BoundPipeline Value) : BoundStatement(Span);
