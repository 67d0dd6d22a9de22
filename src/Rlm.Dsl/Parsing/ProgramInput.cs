using Rlm.Dsl.Syntax;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>
/// A place in the program. Sprache's own input makes an object and a dictionary for each character; here tokens are skipped whole, so
/// that a program of 200 characters costs some 60 inputs.
/// </summary>
/// <param name="source">The program.</param>
/// <param name="position">The next place with content.</param>
/// <param name="tokenEnd">Where the last token ended.</param>
/// <param name="state">What the parse remembers.</param>
/// <param name="before">The place before the last token; null where none was read.</param>
/// <param name="role">What the last token is there.</param>
internal sealed class ProgramInput(string source, int position, int tokenEnd, ParseState state, ProgramInput? before = null, TokenRole role = TokenRole.Plain) : IInput
{
    private Dictionary<object, object>? _memos;

    public string Source => source;

    public int Position => position;

    /// <summary>Where the last token ended, before the blanks that lead up to <see cref="Position"/>.</summary>
    public int TokenEnd => tokenEnd;

    public ParseState State => state;

    public char Current => source[position];

    public bool AtEnd => position == source.Length;

    public IDictionary<object, object> Memos => _memos ??= [];

    public int Line => 1;

    public int Column => position + 1;

    /// <summary>The tokens that led here by the alternatives that fitted, in their order.</summary>
    public IReadOnlyList<TokenSyntax> Tokens
    {
        get
        {
            var tokens = new List<TokenSyntax>();
            for (var (at, from) = (this, Before); from is not null; (at, from) = (from, from.Before))
                tokens.Add(new TokenSyntax(SourceSpan.Between(from.Position, at.TokenEnd), at.Role));
            tokens.Reverse();
            return tokens;
        }
    }

    private ProgramInput? Before => before;

    private TokenRole Role => role;

    /// <summary>The place after a token that begins here, and the blanks behind it.</summary>
    public ProgramInput AfterToken(int newTokenEnd, int newPosition, TokenRole newRole) => new(source, newPosition, newTokenEnd, state, this, newRole);

    /// <summary>The same place, with more of the blanks behind the last token passed over.</summary>
    public ProgramInput SkipTo(int newPosition) => new(source, newPosition, tokenEnd, state, before, role);

    /// <summary>A place behind a part of a token.</summary>
    public ProgramInput After(int newTokenEnd, int newPosition) => new(source, newPosition, newTokenEnd, state);

    public IInput Advance() => After(position + 1, position + 1);

    public bool Equals(IInput? other) => other is ProgramInput input && input.Position == position && ReferenceEquals(input.Source, source);

    public override bool Equals(object? obj) => Equals(obj as IInput);

    public override int GetHashCode() => position;
}
