using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>
/// A place in the program. Sprache's own input makes an object and a dictionary for each character; here tokens are skipped whole, so
/// that a program of 200 characters costs some 60 inputs.
/// </summary>
internal sealed class ProgramInput(string source, int position, int tokenEnd, ParseState state) : IInput
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

    /// <summary>The place after a token and the blanks behind it.</summary>
    public ProgramInput After(int newTokenEnd, int newPosition) => new(source, newPosition, newTokenEnd, state);

    public IInput Advance() => After(position + 1, position + 1);

    public bool Equals(IInput? other) => other is ProgramInput input && input.Position == position && ReferenceEquals(input.Source, source);

    public override bool Equals(object? obj) => Equals(obj as IInput);

    public override int GetHashCode() => position;
}
