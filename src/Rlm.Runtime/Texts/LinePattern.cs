using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;

namespace Rlm.Runtime.Texts;

/// <summary>A pattern that lines are tried against: each line alone, without its line end.</summary>
internal sealed class LinePattern
{
    private readonly Regex? _regex;
    private readonly byte[]? _literal;

    private LinePattern(Regex? regex, byte[]? literal, string[]? required, bool ignoresCase, bool isExact)
    {
        _regex = regex;
        _literal = literal;
        Required = required;
        IgnoresCase = ignoresCase;
        IsExact = isExact;
    }

    /// <summary>Texts of which every matching line holds one; null where none are known.</summary>
    public string[]? Required { get; }

    public bool IgnoresCase { get; }

    /// <summary>Whether a line that holds one of the required texts matches.</summary>
    public bool IsExact { get; }

    /// <param name="pattern">The pattern.</param>
    /// <param name="literal">The value of its literal text, null for a regex.</param>
    /// <param name="ignoreCase">Whether <c>ignore case</c> was asked for.</param>
    public static LinePattern Of(BoundPattern pattern, string? literal, bool ignoreCase = false)
    {
        bool ignoresCase = PatternCache.IgnoresCase(pattern, ignoreCase);
        if (literal is not null)
        {
            bool isPlain = literal.Length > 0 && (!ignoresCase || Ascii.IsValid(literal));
            bool isWithin = !literal.AsSpan().ContainsAny('\r', '\n');
            return ignoresCase
                ? new LinePattern(PatternCache.RegexOf(pattern, literal, ignoreCase), null, isPlain ? [literal] : null, true, isWithin)
                : new LinePattern(null, Encoding.UTF8.GetBytes(literal), isPlain ? [literal] : null, false, isWithin);
        }

        var regex = PatternCache.RegexOf(pattern, null, ignoreCase);
        bool isExact = false;
        string[]? required = pattern.Flags.Contains('x') ? null : RequiredLiterals.Find(pattern.Regex!, ignoresCase, out isExact);
        return new LinePattern(regex, null, required, ignoresCase, isExact);
    }

    /// <summary>Whether a line matches. <paramref name="characters"/> is the buffer to decode into, made larger where it must be.</summary>
    public bool IsMatch(ReadOnlySpan<byte> line, ref char[] characters)
    {
        if (_literal is not null)
            return line.IndexOf(_literal) >= 0;

        if (characters.Length < line.Length)
            characters = new char[Math.Max(line.Length, Math.Min(2 * characters.Length, Array.MaxLength))];
        int count = Encoding.UTF8.GetChars(line, characters);
        return _regex!.IsMatch(characters.AsSpan(0, count));
    }
}
