using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Operators.Find;

/// <summary>Rows whose fields are the captures of matches, with what is noted of them.</summary>
/// <param name="text">The text.</param>
/// <param name="shape">The captures' names.</param>
/// <param name="types">Their types; null for texts as they stand.</param>
/// <param name="columns">How texts as they stand read; null where nobody asks.</param>
/// <param name="note">What counts the matches.</param>
internal abstract class MatchRows(
    TextInput text, RecordShape shape, IReadOnlyList<RlmType?> types, IReadOnlyList<ColumnReading>? columns, ExtractNote note)
    : FieldRows(text, shape, types, columns)
{
    private readonly bool[] _areOptional = [.. types.Select(type => type is OptionalType)];

    protected ExtractNote Note => note;

    protected IReadOnlyList<string> Names { get; } = shape.Names;

    public override void Dispose()
    {
        for (int i = 0; i < Names.Count; i++)
            Note.CountReads(Names[i], ReadCount(i));
    }

    protected override void CountUnreadable(int field, TextSlice place) => Note.CountUnreadable(Names[field], place, _areOptional[field]);

    protected override void CountGuess(int field, DateGuess guess, TextSlice place) => Note.CountGuess(Names[field], guess);
}
