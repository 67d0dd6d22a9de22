using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;

namespace Rlm.Dsl;

/// <summary>Parses a program statement by statement, so that one bad statement does not hide another.</summary>
internal static class ProgramParser
{
    /// <summary>The tree of what could be read, and what could not. The tree is of use only where there is no error.</summary>
    public static (ProgramSyntax Program, IReadOnlyList<Diagnostic> Diagnostics) Parse(SourceText source)
    {
        string text = source.Content;
        var diagnostics = new List<Diagnostic>();
        var statements = new List<StatementSyntax>();
        if (text.Length > ParseLimits.MaxLengthChars)
        {
            diagnostics.Add(new Diagnostic(DslDiagnostics.TooLong, new SourceSpan(0, 0),
                Invariant($"the program has {text.Length:N0} characters; {ParseLimits.MaxLengthChars:N0} are allowed"),
                "put texts into a context and keep only stages in the program"));
            return (new ProgramSyntax(new SourceSpan(0, 0), statements), diagnostics);
        }

        var state = new ParseState(text);
        int position = Layout.SkipToStatement(text, 0);
        while (position < text.Length)
        {
            state.StartStatement();
            var reading = StatementReader.Read(text, position, state);
            if (reading.Failure is not { } failure)
            {
                if (FindTooHigh(reading.Statement!) is { } tooHigh)
                    diagnostics.Add(tooHigh);
                else
                    statements.Add(reading.Statement!);
                position = Layout.SkipToStatement(text, reading.End);
                continue;
            }

            diagnostics.Add(
                failure.Fatal ?? MisreadingTable.Describe(new FailurePlace(source, position, failure.Position, failure.Expected)));
            if (failure.Fatal is not null || diagnostics.Count >= DiagnosticSink.MaxDiagnostics)
                break;

            position = Layout.SkipToNextStatement(text, Math.Max(position, state.FurthestPosition), state.CommonIndentation);
        }

        if (statements.Count == 0 && diagnostics.Count == 0)
        {
            diagnostics.Add(new Diagnostic(DslDiagnostics.EmptyProgram, new SourceSpan(0, 0), "the program is empty",
                "write a pipeline, such as `context | lines | count`"));
        }

        return (new ProgramSyntax(new SourceSpan(0, text.Length), statements), diagnostics);
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
