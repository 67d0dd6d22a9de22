using System.Buffers;
using System.Text;

namespace Rlm.Runtime.Texts;

/// <summary>
/// Reads from a regex texts of which every match holds one, so that a search can look for those first. It understands little
/// and gives up at anything else, since a wrong literal would lose matches and none only costs time.
/// </summary>
internal sealed class RequiredLiterals
{
    private const int MaxAlternatives = 16;
    private const int MinLength = 2;

    private static readonly SearchValues<char> QuantifierSigns = SearchValues.Create("0123456789,");

    private readonly string _pattern;
    private readonly bool _ignoreCase;
    private int _at;
    private bool _gaveUp;
    private bool _isExact = true;

    private RequiredLiterals(string pattern, bool ignoreCase)
    {
        _pattern = pattern;
        _ignoreCase = ignoreCase;
    }

    /// <summary>The texts, at least one of which is in every match; null where none are known.</summary>
    /// <param name="pattern">A valid regex without the flag <c>x</c>.</param>
    /// <param name="ignoreCase">Whether the texts will be looked for in either case, ASCII letters only.</param>
    /// <param name="isExact">Whether a place with one of the texts is a match.</param>
    public static string[]? Find(string pattern, bool ignoreCase, out bool isExact)
    {
        var reader = new RequiredLiterals(pattern, ignoreCase);
        var found = reader.ReadAlternation(0);
        if (reader._gaveUp || reader._at != pattern.Length || found is null || found.Length > MaxAlternatives)
        {
            isExact = false;
            return null;
        }

        isExact = reader._isExact;
        return found.Any(text => text.Length < MinLength) && !isExact ? null : found;
    }

    private string[]? ReadAlternation(int depth)
    {
        if (depth > 50)
            return GiveUp();

        var all = new List<string>();
        bool isComplete = true;
        while (!_gaveUp)
        {
            var branch = ReadSequence(depth);
            if (branch is null)
                isComplete = false;
            else
                all.AddRange(branch);
            if (_at == _pattern.Length || _pattern[_at] != '|')
                break;
            _at++;
        }

        return isComplete && !_gaveUp ? [.. all] : null;
    }

    private string[]? ReadSequence(int depth)
    {
        string[]? best = null;
        var run = new StringBuilder();
        bool isOneRun = true;
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')') && !_gaveUp)
        {
            char c = _pattern[_at++];
            char? literal = null;
            string[]? group = null;
            switch (c)
            {
                case '\\':
                    literal = ReadEscape();
                    break;
                case '[':
                    SkipClass();
                    break;
                case '(':
                    group = ReadGroup(depth);
                    break;
                case '.' or '^' or '$':
                    break;
                case '*' or '+' or '?' or '{':
                    return GiveUp();
                default:
                    literal = c;
                    break;
            }

            if (literal is { } sign && !IsUsable(sign))
                literal = null;
            if (literal is null)
                isOneRun = false;

            bool isOptional = false, isRepeated = false;
            if (_at < _pattern.Length && _pattern[_at] is '*' or '+' or '?' or '{')
            {
                isRepeated = true;
                isOneRun = false;
                isOptional = _pattern[_at] != '+';
                SkipQuantifier();
            }

            if (literal is not null && !isOptional)
            {
                run.Append(literal);
            }

            if (literal is null || isRepeated)
            {
                best = Better(best, run);
                if (group is not null && !isOptional)
                    best = Better(best, group);
            }
        }

        best = Better(best, run);
        if (!isOneRun)
            _isExact = false;
        return best;
    }

    /// <summary>The longer of what is known and the run that ends here, which starts anew.</summary>
    private static string[]? Better(string[]? best, StringBuilder run)
    {
        if (run.Length == 0)
            return best;

        string[] ended = [run.ToString()];
        run.Clear();
        return Better(best, ended);
    }

    private static string[]? Better(string[]? best, string[] other) =>
        best is null || other.Min(text => text.Length) > best.Min(text => text.Length) ? other : best;

    private char? ReadEscape()
    {
        if (_at == _pattern.Length)
        {
            _gaveUp = true;
            return null;
        }

        char c = _pattern[_at++];
        if (c is 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'b' or 'B' or 'A' or 'z' or 'Z')
            return null;
        if (char.IsAsciiLetterOrDigit(c) || c > 127)
            _gaveUp = true;
        return c;
    }

    private void SkipClass()
    {
        if (_at < _pattern.Length && _pattern[_at] == '^')
            _at++;
        if (_at < _pattern.Length && _pattern[_at] == ']')
            _at++;
        for (; _at < _pattern.Length; _at++)
        {
            switch (_pattern[_at])
            {
                case '\\':
                    _at++;
                    break;
                case '[':
                    _gaveUp = true;
                    return;
                case ']':
                    _at++;
                    return;
            }
        }

        _gaveUp = true;
    }

    private string[]? ReadGroup(int depth)
    {
        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            if (_pattern.AsSpan(_at).StartsWith("?:"))
                _at += 2;
            else if (_pattern.AsSpan(_at).StartsWith("?<") && _at + 2 < _pattern.Length && (char.IsAsciiLetter(_pattern[_at + 2]) || _pattern[_at + 2] == '_'))
                _at = _pattern.IndexOf('>', _at) + 1;
            else
                return GiveUp();
        }

        bool wasExact = _isExact;
        var group = ReadAlternation(depth + 1);
        _isExact = wasExact;
        if (_at == _pattern.Length || _pattern[_at] != ')')
            return GiveUp();

        _at++;
        return group is { Length: > 0 } ? group : null;
    }

    private void SkipQuantifier()
    {
        if (_pattern[_at] == '{')
        {
            int close = _pattern.IndexOf('}', _at);
            if (close < 0 || _pattern.AsSpan(_at + 1, close - _at - 1).ContainsAnyExcept(QuantifierSigns))
            {
                _gaveUp = true;
                return;
            }

            _at = close;
        }

        _at++;
        if (_at < _pattern.Length && _pattern[_at] == '?')
            _at++;
    }

    /// <summary>
    /// Whether bytes that match the character are exactly its own. In either case, other characters than the two ASCII ones match
    /// <c>i</c> and <c>k</c>; a replacement character matches any invalid bytes; a CR may be a line end.
    /// </summary>
    private bool IsUsable(char c) =>
        !char.IsSurrogate(c) && c is not ('\uFFFD' or '\r' or '\n') && (!_ignoreCase || (c < 128 && c is not ('i' or 'I' or 'k' or 'K')));

    private string[]? GiveUp()
    {
        _gaveUp = true;
        return null;
    }
}
