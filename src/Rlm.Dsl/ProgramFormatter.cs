using Rlm.Dsl.Binders;
using Rlm.Dsl.Formatting;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl;

/// <summary>Lays a program out. What comes out is compiled again, so that no layout can change what a program means.</summary>
internal static class ProgramFormatter
{
    private static readonly BindingEnvironment Environment = BindingEnvironment.WithTexts(["context"]);

    public static RlmFormatting Format(SourceText source)
    {
        var (program, diagnostics) = ProgramParser.Parse(source);
        if (diagnostics.Count > 0)
            return new RlmFormatting(source, source.Content, diagnostics);

        string text = ProgramLayout.Write(source.Content);
        if (text.Length > ParseLimits.MaxLengthChars)
            return new RlmFormatting(source, source.Content, [ProgramParser.TellTooLong("the program's layout", text)]);

        var written = RlmProgram.Compile(source, Environment);
        return new RlmFormatting(source, MeansTheSame(text) ? text : KeepStatements(), []);

        bool MeansTheSame(string layout) => FindChanged(program, written, layout) is [];

        // What a later step reads of the text may be more than the tree holds.
        string KeepStatements()
        {
            var changed = new HashSet<int>(FindChanged(program, written, text));
            string kept = ProgramLayout.Write(source.Content, changed.Contains);
            return MeansTheSame(kept) ? kept : source.Content;
        }
    }

    /// <summary>The statements, by their places among all, that mean something else in a layout.</summary>
    private static IReadOnlyList<int> FindChanged(ProgramSyntax program, RlmProgram written, string layout)
    {
        var (formatted, errors) = ProgramParser.Parse(new SourceText(layout, written.Source.Name));
        int count = program.Statements.Count;
        if (errors.Count > 0 || formatted.Statements.Count != count)
            return [.. Enumerable.Range(0, count)];

        var compiled = RlmProgram.Compile(new SourceText(layout, written.Source.Name), Environment);
        var (before, after) = (new StatementMeanings(program, written), new StatementMeanings(formatted, compiled));
        return [.. Enumerable.Range(0, count).Where(at =>
            !SyntaxComparison.AreEqual(program.Statements[at], formatted.Statements[at]) || !before.AreEqual(after, at))];
    }
}
