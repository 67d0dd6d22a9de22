namespace Rlm.Dsl.Misreadings;

/// <summary>One thing that other languages write and this one does not have, with what to write here instead.</summary>
/// <param name="Id">The dialect and the habit.</param>
/// <param name="Step">When the row is asked.</param>
/// <param name="Heads">The stage's head words that it is about, with blanks between; empty for any.</param>
/// <param name="Words">The tokens that it is about, with blanks between; empty for any.</param>
/// <param name="Tell">What a place is told; null where the row is not about it.</param>
internal sealed record Misreading(string Id, MisreadingStep Step, string Heads, string Words, Func<FailurePlace, Diagnostic?> Tell)
{
    private readonly string[] _heads = Heads.Split([' '], StringSplitOptions.RemoveEmptyEntries);
    private readonly string[] _words = Words.Split([' '], StringSplitOptions.RemoveEmptyEntries);

    public Diagnostic? Read(FailurePlace place) =>
        (_heads.Length == 0 || _heads.Contains(place.HeadWord)) && (_words.Length == 0 || _words.Contains(WordOf(place))) ? Tell(place) : null;

    /// <summary>A statement that opens with a word of another language.</summary>
    public static Misreading OfStatement(string id, string words, string message, string help) =>
        new(id, MisreadingStep.Statement, "", "", at =>
            words.Split(' ').Contains(at.FirstWord) && at.Position <= at.StatementStart + at.StatementLine.Length && !at.IsFirstWordPiped
                ? at.TellOpening(at.FirstWord.Length, message, help)
                : null);

    /// <summary>A statement by its first word and what follows that.</summary>
    public static Misreading OfOpening(string id, string words, Func<FailurePlace, string, Diagnostic?> tell) =>
        new(id, MisreadingStep.Opening, "", "", at => Opening.RestOf(at) is { } rest && words.Split(' ').Contains(at.FirstWord.ToLowerInvariant()) ? tell(at, rest) : null);

    /// <summary>A relation with the operands around it.</summary>
    public static Misreading OfRelation(string id, string words, Func<FailurePlace, RelationOperands, Diagnostic?> tell) =>
        new(id, MisreadingStep.Relation, "", words, at => tell(at, RelationOperands.Of(at)));

    /// <summary>A word or sign with no more known of it; an <c>x</c> and a <c>y</c> in the help stand for the operands around it.</summary>
    public static Misreading OfWord(string id, string word, string message, string help) =>
        new(id, MisreadingStep.Word, "", word, at => at.IsTypeMark ? null : at.Tell(message, at.IsShort ? RelationOperands.Of(at).PutInto(help) : help));

    /// <summary>An option of a call behind its prompt.</summary>
    public static Misreading OfOption(string id, string words, Func<FailurePlace, CallOption, Diagnostic?> tell) =>
        new(id, MisreadingStep.Call, "", words, at => CallOption.At(at) is { } option ? tell(at, option) : null);

    private string WordOf(FailurePlace place) =>
        Step is MisreadingStep.Call or MisreadingStep.Relation or MisreadingStep.Word ? place.Word.ToLowerInvariant() : place.Word;
}
