using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl;

/// <summary>Parses a program statement by statement, so that one bad statement does not hide another.</summary>
internal static class ProgramParser
{
    /// <summary>Stages of one statement that are passed over: more of them say that it is not a statement.</summary>
    private const int MaxPassedOver = 4;

    /// <summary>What hides nothing but the rest of its line.</summary>
    private static readonly DiagnosticDescriptor[] EndsOnItsLine = [DslDiagnostics.UnclosedRegex, DslDiagnostics.FormatInHole,
        DslDiagnostics.ChainedComparison];

    /// <summary>The tree of what could be read, and what could not. The tree is of use only where there is no error.</summary>
    /// <param name="source">The program.</param>
    /// <param name="tools">The names of the host's functions; null for none.</param>
    public static (ProgramSyntax Program, IReadOnlyList<Diagnostic> Diagnostics) Parse(SourceText source, IReadOnlyCollection<string>? tools = null)
    {
        string text = source.Content;
        var diagnostics = new List<Diagnostic>();
        var statements = new List<StatementSyntax>();
        if (text.Length > ParseLimits.MaxLengthChars)
        {
            diagnostics.Add(TellTooLong("the program", text));
            return (new ProgramSyntax(new SourceSpan(0, 0), statements), diagnostics);
        }

        var state = new ParseState(text, tools);
        int position = Layout.SkipToStatement(text, 0);
        while (position >= 0 && position < text.Length && diagnostics.Count < DiagnosticSink.MaxDiagnostics)
            position = ReadStatement(source, position, state, statements, diagnostics);

        if (statements.Count == 0 && diagnostics.Count == 0)
        {
            diagnostics.Add(new Diagnostic(DslDiagnostics.EmptyProgram, new SourceSpan(0, 0), "the program is empty",
                "write a pipeline, such as `context | lines | count`"));
        }

        return (new ProgramSyntax(new SourceSpan(0, text.Length), statements), diagnostics);
    }

    /// <summary>That a text is longer than any program may be.</summary>
    public static Diagnostic TellTooLong(string what, string text) => new(DslDiagnostics.TooLong, new SourceSpan(0, 0),
        Invariant($"{what} has {text.Length:N0} characters; {ParseLimits.MaxLengthChars:N0} are allowed"),
        "put texts into a context and keep only stages in the program");

    /// <summary>
    /// Reads a statement, and tells all that is wrong in it: where the next one begins, or -1 where nothing more can be read.
    /// </summary>
    private static int ReadStatement(SourceText source, int start, ParseState state, List<StatementSyntax> statements,
        List<Diagnostic> diagnostics)
    {
        string text = source.Content;
        for (int passedOver = 0; ; passedOver++)
        {
            state.StartStatement();
            var reading = StatementReader.Read(text, start, state);
            if (reading.Failure is not { } failure)
            {
                if (FindTooHigh(reading.Statement!) is { } tooHigh)
                    diagnostics.Add(tooHigh);
                else
                    statements.Add(reading.Statement!);
                return Layout.SkipToStatement(text, reading.End);
            }

            var place = new FailurePlace(source, start, failure.Position, failure.Expected);
            var told = failure.Fatal ?? MisreadingTable.Describe(place);
            bool isNew = (failure.Fatal is not null || !ReservedName.FollowsLet(place)) && !diagnostics.Any(diagnostic =>
                diagnostic.Span.Start >= start && diagnostic.Message == told.Message && diagnostic.Help == told.Help);
            if (isNew)
                diagnostics.Add(told);
            if (failure.Fatal is { } fatal && !EndsOnItsLine.Contains(fatal.Descriptor))
                return -1;

            int at = failure.Fatal?.Span.Start ?? failure.Position;
            int end = Layout.SkipToNextStatement(text, Math.Max(start, Math.Max(at, state.FurthestPosition)), state.CommonIndentation);
            if (isNew && passedOver < MaxPassedOver && StatementRecovery.FindStage(text, start, at, end) is { } broken
                && !state.Broken.Contains(broken))
            {
                state.PassOver(broken);
                continue;
            }

            if (StatementRecovery.NameValue(text, start, end) is { } named)
                statements.Add(named);
            return end;
        }
    }

    // A short text cannot make a high tree, and is not walked.
    private static Diagnostic? FindTooHigh(StatementSyntax statement)
    {
        if (statement.Span.Length < ParseLimits.MaxHeight)
            return null;

        foreach (var (node, depth) in SyntaxTree.Descendants(statement))
        {
            if (depth > ParseLimits.MaxHeight)
            {
                return new Diagnostic(DslDiagnostics.TooDeep, new SourceSpan(node.Span.Start, Math.Min(1, node.Span.Length)),
                    $"this expression is more than {ParseLimits.MaxHeight} operations deep",
                    "name parts of it with `let`, or use a list: `x in [1, 2]`, `sum([1, 2])`");
            }
        }

        return null;
    }
}
