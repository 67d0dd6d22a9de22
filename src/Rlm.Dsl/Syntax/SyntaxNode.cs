namespace Rlm.Dsl.Syntax;

/// <summary>A node of the syntax tree. Nodes are immutable and hold what was written, not what it means.</summary>
internal abstract record SyntaxNode(SourceSpan Span);
