using Rlm.Dsl.Text;

namespace Rlm.Dsl.Binding;

/// <summary>A checked program.</summary>
internal sealed record BoundProgram(IReadOnlyList<BoundStatement> Statements);

internal abstract record BoundStatement(SourceSpan Span);

/// <summary>Defines a variable, whose value is made when it is first needed. Its definition is the symbol's.</summary>
internal sealed record BoundLet(SourceSpan Span, VariableSymbol Symbol) : BoundStatement(Span);

internal sealed record BoundAnswer(SourceSpan Span, BoundPipeline Value) : BoundStatement(Span);

internal sealed record BoundAssert(SourceSpan Span, BoundExpression Condition, BoundExpression? Message, string ConditionText) : BoundStatement(Span);

internal sealed record BoundShow(SourceSpan Span, BoundPipeline Value) : BoundStatement(Span);
