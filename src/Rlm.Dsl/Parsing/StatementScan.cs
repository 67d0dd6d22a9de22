using Rlm.Dsl.Text;

namespace Rlm.Dsl.Parsing;

/// <summary>Where a place of a statement stands: the bracket that is open there, and the stage that it belongs to.</summary>
/// <param name="Open">The innermost open bracket, quote or regex; <c>\0</c> where none is.</param>
/// <param name="OpenAt">Where that stands.</param>
/// <param name="StageStart">The start of the stage: behind the pipe, the bracket or the statement's start.</param>
/// <param name="FollowsPipe">Whether the stage follows a pipe.</param>
internal readonly record struct StatementScan(char Open, int OpenAt, int StageStart, bool FollowsPipe)
{
    private static readonly HashSet<string> RegexLeaders = new(OperatorForms.OpenPatterns.Concat(Lexemes.RelationWords), StringComparer.Ordinal);

    /// <summary>Reads a statement from its start up to a place, as far as quotes and brackets go.</summary>
    public static StatementScan Of(string text, int start, int end)
    {
        var levels = new Stack<StatementScan>();
        levels.Push(new StatementScan('\0', start, start, false));
        for (int i = start; i < end; i++)
        {
            char c = text[i];
            var level = levels.Peek();
            if (level.Open is '"' or '\'' or '“')
            {
                if (c == '\\')
                    i++;
                else if (c == level.Open || (c == '”' && level.Open == '“'))
                    levels.Pop();
                else if (c == '{' && i + 1 < text.Length && TemplateGrammar.OpensHole(text, i + 1))
                    levels.Push(new StatementScan('{', i, i + 1, false));
                continue;
            }

            switch (c)
            {
                case '"' or '\'' or '“' or '(' or '[' or '{':
                    levels.Push(new StatementScan(c, i, i + 1, false));
                    break;
                case ')' or ']' or '}' when levels.Count > 1:
                    levels.Pop();
                    break;
                case '|':
                    levels.Pop();
                    levels.Push(level with { StageStart = i + 1, FollowsPipe = true });
                    break;
                case '`' when Names.ReadQuotedName(text, i) is var nameEnd and > 0:
                    i = nameEnd - 1;
                    break;
                case '#':
                    while (i + 1 < end && text[i + 1] != '\n')
                        i++;
                    break;
                case '/' when StandsForRegex(text, start, i) && Lexemes.Regex(text, i, out _, out _) is var regexEnd and > 0:
                    if (regexEnd > end)
                        levels.Push(level with { Open = c, OpenAt = i });
                    i = regexEnd - 1;
                    break;
            }
        }

        return levels.Peek();
    }

    /// <summary>The stage's first word before a place, or null.</summary>
    public (string Word, SourceSpan Span)? Head(string text, int position)
    {
        int start = StageStart;
        while (start < position && (char.IsWhiteSpace(text[start]) || text[start] == '>'))
            start++;

        int end = Names.Word(text, start);
        return end < 0 || start >= position ? null : (text.Substring(start, end - start), SourceSpan.Between(start, end));
    }

    // Behind an operand a slash divides; behind a word it does so only if the word is a name.
    private static bool StandsForRegex(string text, int start, int slash)
    {
        int before = slash - 1;
        while (before >= start && text[before] is ' ' or '\t')
            before--;
        if (before < start || text[before] is '(' or ',' or '[' or '|' or '=')
            return true;
        if (!Names.IsWordPart(text[before]))
            return false;

        int wordStart = before;
        while (wordStart > start && Names.IsWordPart(text[wordStart - 1]))
            wordStart--;
        return RegexLeaders.Contains(text.Substring(wordStart, before + 1 - wordStart));
    }
}
