using System.Text;
using Rlm.Dsl.Parsing;

namespace Rlm.Dsl.Formatting;

/// <summary>Writes a program statement by statement, of the tokens that the grammar read and the comments between them.</summary>
internal static class ProgramLayout
{
    /// <summary>The program in its canonical layout.</summary>
    /// <param name="source">A program without an error of syntax.</param>
    /// <param name="isKept">Whether a statement, by its place among all, stays as it was written; null for none.</param>
    public static string Write(string source, Func<int, bool>? isKept = null)
    {
        string lineEnd = source.IndexOf('\n') is > 0 and var first && source[first - 1] == '\r' ? "\r\n" : "\n";
        var text = new StringBuilder();
        var state = new ParseState(source);
        int end = 0, position = Layout.SkipToStatement(source, 0);
        for (int statement = 0; position < source.Length; statement++)
        {
            state.StartStatement();
            var reading = StatementReader.Read(source, position, state);
            var behind = reading.Behind ?? throw new ArgumentException("a program with an error of syntax has no layout", nameof(source));
            WriteGap(text, Gap.Read(source, end, position), lineEnd);
            text.Append(isKept?.Invoke(statement) == true ? source.Substring(position, behind.TokenEnd - position)
                : StatementLayout.Write(Spelling.Spell(source, behind.Tokens), lineEnd)).Append(lineEnd);
            end = behind.TokenEnd;
            position = Layout.SkipToStatement(source, reading.End);
        }

        WriteGap(text, Gap.Read(source, end, source.Length) with { EndsWithBlankLine = false }, lineEnd);
        return text.ToString();
    }

    private static void WriteGap(StringBuilder text, Gap gap, string lineEnd)
    {
        foreach (var comment in gap.Comments)
        {
            if (comment.IsBehind && text.Length > 0)
                text.Insert(text.Length - lineEnd.Length, " " + comment.Text);
            else
                text.Append(comment.FollowsBlankLine && text.Length > 0 ? lineEnd : "").Append(comment.Text).Append(lineEnd);
        }

        if (gap.EndsWithBlankLine && text.Length > 0)
            text.Append(lineEnd);
    }
}
