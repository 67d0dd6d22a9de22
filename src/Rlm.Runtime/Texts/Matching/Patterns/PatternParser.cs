using System.Text.RegularExpressions;

namespace Rlm.Runtime.Texts.Matching.Patterns;

/// <summary>Reads the regular part of .NET's regex syntax. It gives up at anything else, which .NET's engine then does.</summary>
internal sealed class PatternParser
{
    private const int MaxDepth = 60;
    private const int MaxRepeat = 1_000;

    private readonly string _pattern;
    private readonly bool _keepsCaptures;
    private int _at;
    private RegexOptions _options;

    private PatternParser(string pattern, RegexOptions options, bool keepsCaptures)
    {
        _keepsCaptures = keepsCaptures;
        _pattern = pattern;
        _options = options;
    }

    /// <summary>The pattern's tree; null where it is not a regex, or needs .NET's engine.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="options">How it is meant.</param>
    /// <param name="keepsCaptures">Whether the tree has the named groups, for more than whether a line matches.</param>
    public static PatternNode? Parse(string pattern, RegexOptions options, bool keepsCaptures = false)
    {
        options &= ~RegexOptions.NonBacktracking;
        if (options.HasFlag(RegexOptions.IgnorePatternWhitespace) || !options.HasFlag(RegexOptions.Multiline))
            return null;

        try
        {
            _ = new Regex(pattern, options);
            var parser = new PatternParser(pattern, options, keepsCaptures);
            var node = parser.ReadChoice(0);
            return parser._at == pattern.Length ? node : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private PatternNode? ReadChoice(int depth)
    {
        if (depth > MaxDepth)
            return null;

        var branches = new List<PatternNode>();
        var outer = _options;
        while (true)
        {
            if (ReadSequence(depth) is not { } branch)
                return null;
            branches.Add(branch);
            if (_at == _pattern.Length || _pattern[_at] != '|')
                break;
            _at++;
        }

        _options = outer;
        return branches.Count == 1 ? branches[0] : new PatternNode.Choice(branches);
    }

    private PatternNode? ReadSequence(int depth)
    {
        var parts = new List<PatternNode>();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            if (ReadAtom(depth) is not { } atom || ReadQuantified(atom) is not { } part)
                return null;
            if (!IsEmpty(part))
                parts.Add(part);
        }

        return parts.Count == 1 ? parts[0] : new PatternNode.Sequence(parts);
    }

    private PatternNode? ReadAtom(int depth)
    {
        int start = _at++;
        switch (_pattern[start])
        {
            case '(':
                return ReadGroup(depth);
            case '[':
                return SkipClass() ? UnitOf(start) : null;
            case '\\':
                return ReadEscape(start);
            case '.':
                return UnitOf(start);
            case '^':
                return new PatternNode.Place(PatternPlace.LineStart);
            case '$':
                return new PatternNode.Place(PatternPlace.LineEnd);
            case '*' or '+' or '?':
                return null;
            default:
                return Literal(_pattern[start]);
        }
    }

    private PatternNode? ReadQuantified(PatternNode part)
    {
        if (_at == _pattern.Length)
            return part;

        int least = 0;
        int? most = null;
        switch (_pattern[_at])
        {
            case '*':
                _at++;
                break;
            case '+':
                _at++;
                least = 1;
                break;
            case '?':
                _at++;
                most = 1;
                break;
            case '{' when Counts() is var (from, to, length):
                _at += length;
                (least, most) = (from, to);
                if (least > MaxRepeat || most > MaxRepeat)
                    return null;
                break;
            default:
                return part;
        }

        bool isLazy = _at < _pattern.Length && _pattern[_at] == '?';
        if (isLazy)
            _at++;
        return IsEmpty(part) ? part : new PatternNode.Repeat(part, least, most, isLazy);
    }

    private static bool IsEmpty(PatternNode node) => node is PatternNode.Sequence { Parts.Count: 0 };

    /// <summary>The counts in braces; null where the brace stands for itself.</summary>
    private (int Least, int? Most, int Length)? Counts()
    {
        int at = _at + 1;
        if (ReadNumber(ref at) is not { } least)
            return null;

        int? most = least;
        if (at < _pattern.Length && _pattern[at] == ',')
        {
            at++;
            most = ReadNumber(ref at);
        }

        return at < _pattern.Length && _pattern[at] == '}' ? (least, most, at + 1 - _at) : null;
    }

    private int? ReadNumber(ref int at)
    {
        int start = at;
        while (at < _pattern.Length && char.IsAsciiDigit(_pattern[at]))
            at++;
        return at == start ? null : int.TryParse(_pattern.AsSpan(start, at - start), out int number) ? number : int.MaxValue;
    }

    private PatternNode? ReadGroup(int depth)
    {
        var outer = _options;
        string? name = null;
        if (_at < _pattern.Length && _pattern[_at] == '?')
        {
            if (!ReadGroupHead(out bool isWhole, out name))
                return null;
            if (isWhole)
                return new PatternNode.Sequence([]);
        }

        var group = ReadChoice(depth + 1);
        if (group is null || _at == _pattern.Length || _pattern[_at] != ')')
            return null;

        _at++;
        _options = outer;
        return name is null || !_keepsCaptures ? group : new PatternNode.Capture(group, name);
    }

    /// <summary>Reads what follows a group's <c>?</c>. False for lookaround, atomic groups and conditions.</summary>
    /// <param name="isWhole">Whether it was only a change of options, which holds to the end of the group around it.</param>
    /// <param name="name">The group's name; null for one without.</param>
    private bool ReadGroupHead(out bool isWhole, out string? name)
    {
        isWhole = false;
        name = null;
        _at++;
        if (_at == _pattern.Length)
            return false;

        switch (_pattern[_at])
        {
            case ':':
                _at++;
                return true;
            case '<' or '\'':
                char close = _pattern[_at] == '<' ? '>' : '\'';
                int end = _pattern.IndexOf(close, _at + 1);
                if (end < 0 || _pattern.AsSpan(_at + 1, end - _at - 1).ContainsAny("=!-"))
                    return false;
                name = _pattern[(_at + 1)..end];
                _at = end + 1;
                return true;
            default:
                return ReadOptions(out isWhole);
        }
    }

    private bool ReadOptions(out bool isWhole)
    {
        isWhole = false;
        bool isOn = true;
        for (; _at < _pattern.Length; _at++)
        {
            RegexOptions option;
            switch (_pattern[_at])
            {
                case 'i' or 'I':
                    option = RegexOptions.IgnoreCase;
                    break;
                case 's' or 'S':
                    option = RegexOptions.Singleline;
                    break;
                case 'n' or 'N':
                    option = RegexOptions.ExplicitCapture;
                    break;
                case '-':
                    isOn = false;
                    continue;
                case ':':
                    _at++;
                    return true;
                case ')':
                    _at++;
                    isWhole = true;
                    return true;
                default:
                    return false;
            }

            _options = isOn ? _options | option : _options & ~option;
        }

        return false;
    }

    private PatternNode? ReadEscape(int start)
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                return UnitOf(start);
            case 'b':
                return new PatternNode.Place(PatternPlace.WordBoundary);
            case 'B':
                return new PatternNode.Place(PatternPlace.NoWordBoundary);
            case 'A':
                return new PatternNode.Place(PatternPlace.LineStart);
            case 'z' or 'Z':
                return new PatternNode.Place(PatternPlace.LineEnd);
            case 'p' or 'P':
                _at = _pattern.IndexOf('}', _at) + 1;
                return UnitOf(start);
            case 't' or 'r' or 'n' or 'f' or 'v' or 'a' or 'e':
                return UnitOf(start);
            case 'x':
                _at += 2;
                return UnitOf(start);
            case 'u':
                _at += 4;
                return UnitOf(start);
            default:
                // What is left of letters and digits is a backreference, an octal number, or something that only .NET's engine knows.
                return char.IsAsciiLetterOrDigit(c) ? null : Literal(c);
        }
    }

    /// <summary>Moves to the end of a class; false for one with a class in it.</summary>
    private bool SkipClass()
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
                    return false;
                case ']':
                    _at++;
                    return true;
            }
        }

        return false;
    }

    private PatternNode.Unit Literal(char unit) => _options.HasFlag(RegexOptions.IgnoreCase)
        ? UnitOf(Regex.Escape(unit.ToString()))
        : new(CodeUnitSet.Of(unit));

    private PatternNode.Unit UnitOf(int start) => UnitOf(_pattern[start.._at]);

    private PatternNode.Unit UnitOf(string atom) => new(CodeUnitSet.Of(atom, _options));
}
