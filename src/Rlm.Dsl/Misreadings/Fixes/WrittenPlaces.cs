namespace Rlm.Dsl.Misreadings.Fixes;

/// <summary>Finds the places of a program that was changed in the one that was written.</summary>
internal static class WrittenPlaces
{
    /// <summary>A diagnostic of the changed program as one of the written program.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="written">The program as it was written.</param>
    /// <param name="changed">The program with the changes.</param>
    /// <param name="changes">The changes in the order in which they were made.</param>
    public static Diagnostic MoveBack(Diagnostic diagnostic, SourceText written, SourceText changed, IReadOnlyList<DiagnosticFix> changes)
    {
        var span = MoveBack(diagnostic.Span, changes);
        if (diagnostic.Descriptor == DslDiagnostics.ReadAs)
            return diagnostic with { Span = span, Fix = new DiagnosticFix(span, changed.TextAt(diagnostic.Span)) };

        // What replaces a changed text would undo the change.
        var fix = diagnostic.Fix is { } told && MoveBack(told.Span, changes) is var place && written.TextAt(place) == changed.TextAt(told.Span)
            ? told with { Span = place }
            : null;
        return diagnostic with { Span = span, Fix = fix };
    }

    private static SourceSpan MoveBack(SourceSpan span, IReadOnlyList<DiagnosticFix> changes) => changes.Reverse().Aggregate(span, MoveBack);

    /// <summary>A stretch behind a change as the stretch before it: what the change wrote is all that it replaced.</summary>
    private static SourceSpan MoveBack(SourceSpan span, DiagnosticFix change)
    {
        int start = change.Span.Start, end = start + change.Text.Length, shift = change.Span.Length - change.Text.Length;
        bool isOfChange = span.Start == start && span.End == end;
        if (isOfChange || (span.Start < end && span.End > start && span.Start >= start && span.End <= end))
            return change.Span;

        int from = span.Start < start ? span.Start : span.Start >= end ? span.Start + shift : start;
        int to = span.End <= start ? span.End : span.End >= end ? span.End + shift : change.Span.End;
        return SourceSpan.Between(from, to);
    }
}
