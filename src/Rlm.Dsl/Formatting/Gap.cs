using Rlm.Dsl.Parsing;

namespace Rlm.Dsl.Formatting;

/// <summary>What stands between two tokens: the comments, and whether a blank line ends it.</summary>
internal sealed record Gap(IReadOnlyList<Comment> Comments, bool EndsWithBlankLine)
{
    private static readonly Gap Nothing = new([], false);

    /// <summary>Reads what stands from the end of a token, or from the start of the program, up to the next one.</summary>
    public static Gap Read(string source, int start, int end)
    {
        if (start == end)
            return Nothing;

        var comments = new List<Comment>();
        int lineEnds = start == 0 ? 1 : 0;
        for (int at = start; at < end;)
        {
            char c = source[at];
            if (!IsBlank(c) && c != ';')
            {
                int commentEnd = Math.Min(end, Layout.LineEnd(source, at));
                string text = WithOurSign(source.Substring(at, commentEnd - at).TrimEnd());
                // A fence of Markdown is one only where a line starts.
                comments.Add(new Comment(text, lineEnds == 0 && text[0] == '#', lineEnds > 1 && at > 0));
                lineEnds = 0;
                at = commentEnd;
                continue;
            }

            if (c == '\n' || (c == '\r' && (at + 1 == source.Length || source[at + 1] != '\n')))
                lineEnds++;
            at++;
        }

        return comments.Count == 0 && lineEnds <= 1 ? Nothing : new Gap(comments, lineEnds > 1);
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\u200B' or '\uFEFF';

    private static string WithOurSign(string comment) =>
        comment.StartsWith("//", StringComparison.Ordinal) || comment.StartsWith("--", StringComparison.Ordinal) ? comment.Remove(0, 2).Insert(0, "#") : comment;
}
