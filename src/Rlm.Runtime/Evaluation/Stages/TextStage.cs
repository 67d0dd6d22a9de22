using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>What a stage of a <see cref="TextOperator"/> makes of whatever texts come.</summary>
internal abstract class TextStage
{
    protected TextStage() =>
        MayHoldCommas = new Lazy<bool>(
            () => Texts?.Any(text => text.Slice.HoldsDigitBehindComma(isQuoted: false)) ?? true, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The fields of the rows of every text; null for parts that are not rows, or that each text has its own of.</summary>
    public virtual RecordShape? Shape => null;

    /// <summary>Whether every row has just these fields.</summary>
    public virtual bool IsWhole => false;

    /// <summary>The kind of a field's values, as <see cref="RowSource.KindOf"/> has it.</summary>
    public virtual ValueKind? KindOf(int field) => null;

    /// <summary>Whether the parts of a text are texts at hand.</summary>
    protected virtual bool HasTexts => false;

    /// <summary>All the texts that the stage works on; null where they cannot be read again.</summary>
    public IEnumerable<TextInput>? Texts { get; set; }

    /// <summary>Whether a number with a comma may stand in the texts.</summary>
    protected Lazy<bool> MayHoldCommas { get; }

    /// <summary>The parts of a text, one after the other.</summary>
    public abstract RowReader Open(TextInput text);

    /// <summary>How many parts a text has.</summary>
    public virtual long Count(TextInput text)
    {
        using var parts = Open(text);
        long count = 0;
        while (parts.MoveNext())
            count += 1 + parts.PassAlike();
        return count;
    }

    /// <summary>The parts of a text as a value.</summary>
    public virtual Value Evaluate(TextInput text) =>
        ListValue.OfRows(new RowSource(() => Open(text)) { Shape = Shape, IsWhole = IsWhole, KindOf = KindOf, HasTexts = HasTexts }, () => Count(text));

    /// <summary>Parts that are found while they are read.</summary>
    /// <param name="slices">Finds them.</param>
    /// <param name="note">Tells where their pattern is not found; null for nobody.</param>
    /// <param name="unmatched">How many there are in a text where it is not.</param>
    public sealed class OfSlices(Func<TextSlice, IEnumerable<TextSlice>> slices, PatternNote? note = null, int unmatched = 0) : TextStage
    {
        public override RowReader Open(TextInput text) => new TextRows.Parts(text, Find(text));

        public override long Count(TextInput text) => Find(text).LongCount();

        private IEnumerable<TextSlice> Find(TextInput text)
        {
            note?.Open(this, text);
            return note is null ? slices(text.Slice) : note.Watch(slices(text.Slice), unmatched);
        }
    }

    /// <summary>When a text without a year was written at the latest.</summary>
    /// <param name="now">The run's clock.</param>
    protected DateTime? LatestOf(DateTime? now) => Texts?.Take(2).ToList() is [var only] ? only.Slice.Source.ModifiedUtc ?? now : now;
}
