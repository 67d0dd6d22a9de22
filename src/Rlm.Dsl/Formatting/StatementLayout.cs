using System.Text;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Formatting;

/// <summary>
/// Writes the tokens of a statement: on one line where that is short enough, else a stage a line, and what is still too long a part a line.
/// </summary>
internal sealed class StatementLayout
{
    /// <summary>The longest line in characters, if it can be broken.</summary>
    private const int MaxWidth = 100;

    private const int Step = 2;

    private readonly IReadOnlyList<LayoutToken> _tokens;
    private readonly string _lineEnd;
    private readonly int[] _closing;
    private readonly StringBuilder _text = new();
    private int _lineStart;

    private StatementLayout(IReadOnlyList<LayoutToken> tokens, string lineEnd)
    {
        _tokens = tokens;
        _lineEnd = lineEnd;
        _closing = new int[tokens.Count];
        var open = new Stack<int>();
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsOpening)
                open.Push(i);
            else if (tokens[i].IsClosing)
                _closing[open.Pop()] = i;
        }
    }

    /// <summary>The statement's text, without a line end behind it. Comments before its first token are not its own.</summary>
    public static string Write(IReadOnlyList<LayoutToken> tokens, string lineEnd)
    {
        var layout = new StatementLayout(tokens, lineEnd);
        layout.WritePipeline(0, tokens.Count, 0);
        return layout._text.ToString();
    }

    private void WritePipeline(int start, int end, int indentation)
    {
        if (TryWriteFlat(start, end))
            return;

        int from = start, inner = indentation;
        foreach (int pipe in Find(start, end, static token => token.Role == TokenRole.Pipe).Append(end))
        {
            if (from > start)
            {
                WriteComments(from, indentation + Step);
                BreakLine(indentation + Step);
                inner = indentation + 2 * Step;
            }

            WriteStage(from, pipe, inner);
            from = pipe;
        }
    }

    private void WriteStage(int start, int end, int indentation)
    {
        if (TryWriteFlat(start, end))
            return;

        int from = start;
        foreach (int comma in Find(start, end - 1, static token => token.IsComma).Append(end - 1))
        {
            if (from > start && CanStartLine(from))
            {
                WriteComments(from, indentation + Step);
                BreakLine(indentation + Step);
                WriteTokens(from, comma + 1, indentation + Step);
            }
            else
            {
                WriteTokens(from, comma + 1, indentation, isFirst: from == start);
            }

            from = comma + 1;
        }
    }

    private void WriteTokens(int start, int end, int indentation, bool isFirst = true)
    {
        for (int i = start; i < end; i++)
        {
            if (i > start || !isFirst)
                WriteSpace(i, indentation + Step);

            if (!_tokens[i].IsOpening)
            {
                Append(_tokens[i].Text);
            }
            else if (TryWriteFlat(i, _closing[i] + 1))
            {
                i = _closing[i];
            }
            else if (IsDivisible(i))
            {
                WriteBracket(i, indentation);
                i = _closing[i];
            }
            else
            {
                Append(_tokens[i].Text);
            }
        }
    }

    /// <summary>Brackets with a line for each part in them.</summary>
    private void WriteBracket(int open, int indentation)
    {
        Append(_tokens[open].Text);
        int close = _closing[open];
        bool areNumbers = PartsOf(open).All(part => IsNumber(part.Start, part.End));
        foreach (var (start, end) in PartsOf(open))
        {
            if (areNumbers && start > open + 1 && TryWriteBehind(start, end))
                continue;

            WriteComments(start, indentation + Step);
            BreakLine(indentation + Step);
            WritePipeline(start, end, indentation + Step);
        }

        WriteComments(close, indentation + Step);
        BreakLine(indentation);
        Append(_tokens[close].Text);
    }

    /// <summary>What commas part in brackets, each with its comma. A pipeline in parentheses is one part, for its stages may have commas.</summary>
    private IEnumerable<(int Start, int End)> PartsOf(int open)
    {
        int start = open + 1, close = _closing[open];
        if (_tokens[open] is { Text: not "(" } or { IsTouching: true } || !Find(start, close, static token => token.Role == TokenRole.Pipe).Any())
        {
            foreach (int comma in Find(start, close, static token => token.IsComma))
            {
                yield return (start, comma + 1);
                start = comma + 1;
            }
        }

        if (start < close)
            yield return (start, close);
    }

    private bool IsNumber(int start, int end) => _tokens[start].Comments.Count == 0
        && char.IsDigit(_tokens[start].Text[0]) && (end - start == 1 || (end - start == 2 && _tokens[start + 1] is { IsComma: true, Comments.Count: 0 }));

    /// <summary>Numbers stand as many on a line as there is room for.</summary>
    private bool TryWriteBehind(int start, int end)
    {
        if (_text.Length - _lineStart >= MaxWidth)
            return false;

        _text.Append(' ');
        if (TryWriteFlat(start, end))
            return true;
        _text.Length--;
        return false;
    }

    private bool IsDivisible(int open) =>
        Find(open + 1, _closing[open] + 1, static token => token.IsComma || token.Role == TokenRole.Pipe || token.Comments.Count > 0).Any()
        && PartsOf(open).All(part => CanStartLine(part.Start));

    // At a line's start some signs open comments of other languages, and some words statements.
    private bool CanStartLine(int at) => _tokens[at].Text is var text && !text.StartsWith("//", StringComparison.Ordinal)
        && !Layout.StartsStatement(text, 0);

    private bool TryWriteFlat(int start, int end)
    {
        var flat = new StringBuilder();
        for (int i = start; i < end; i++)
        {
            if (i > start && _tokens[i].Comments.Count > 0)
                return false;
            if (i > start && Spacing.IsNeeded(_tokens[i - 1], _tokens[i]))
                flat.Append(' ');
            flat.Append(_tokens[i].Text);
        }

        // Lines within a string are as long as they are.
        string text = flat.ToString();
        int firstEnd = text.IndexOf('\n'), lastStart = text.LastIndexOf('\n') + 1;
        if (_text.Length - _lineStart + (firstEnd < 0 ? text.Length : firstEnd) > MaxWidth || text.Length - lastStart > MaxWidth)
            return false;

        Append(text);
        return true;
    }

    private void WriteSpace(int at, int indentation)
    {
        if (_tokens[at].Comments.Count > 0)
        {
            WriteComments(at, indentation);
            BreakLine(indentation);
        }
        else if (Spacing.IsNeeded(_tokens[at - 1], _tokens[at]))
        {
            Append(" ");
        }
    }

    private void WriteComments(int at, int indentation)
    {
        foreach (var comment in _tokens[at].Comments)
        {
            if (comment.IsBehind)
                Append(" ");
            else
                BreakLine(indentation);
            Append(comment.Text);
        }
    }

    /// <summary>The places of tokens that stand in no brackets of that stretch.</summary>
    private IEnumerable<int> Find(int start, int end, Func<LayoutToken, bool> isWanted)
    {
        for (int i = start; i < end; i++)
        {
            if (isWanted(_tokens[i]))
                yield return i;
            if (_tokens[i].IsOpening)
                i = _closing[i] - 1;
        }
    }

    private void BreakLine(int indentation) => Append(_lineEnd + new string(' ', indentation));

    private void Append(string text)
    {
        int lineEnd = text.LastIndexOf('\n');
        if (lineEnd >= 0)
            _lineStart = _text.Length + lineEnd + 1;
        _text.Append(text);
    }
}
