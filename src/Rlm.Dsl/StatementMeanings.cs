using Rlm.Dsl.Binding;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl;

/// <summary>What compiling gives for each statement of a program: what was bound, and what was found.</summary>
internal sealed class StatementMeanings(ProgramSyntax program, RlmProgram compiled)
{
    private readonly int[] _starts = [.. program.Statements.Select(statement => statement.Span.Start)];
    private ILookup<int, BoundStatement>? _bound;
    private ILookup<int, Diagnostic>? _found;

    /// <summary>Whether a statement has what the one of that place has in another program. Places in the text and blanks do not matter.</summary>
    public bool AreEqual(StatementMeanings other, int statement) => BoundComparison.AreEqual(Bound[statement], other.Bound[statement])
        && Found[statement].Select(TextOf).SequenceEqual(other.Found[statement].Select(TextOf), StringComparer.Ordinal);

    private ILookup<int, BoundStatement> Bound => _bound ??= (compiled.Bound?.Statements ?? []).ToLookup(statement => PlaceOf(statement.Span));

    private ILookup<int, Diagnostic> Found => _found ??= compiled.Diagnostics.ToLookup(diagnostic => PlaceOf(diagnostic.Span));

    private static string TextOf(Diagnostic diagnostic) => string.Concat(
        $"{diagnostic.Id} {diagnostic.Message} {diagnostic.Help} {diagnostic.Fix?.Text}".Where(static c => !char.IsWhiteSpace(c)));

    // What was read as something else has places of its own: a wrong one leaves more as it was written.
    private int PlaceOf(SourceSpan span) => Array.BinarySearch(_starts, span.Start) is var at && at >= 0 ? at : Math.Max(0, ~at - 1);
}
