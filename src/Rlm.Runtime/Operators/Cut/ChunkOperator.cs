using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Text;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>
/// Pieces of a text, or of a list: texts are packed into texts, other items into lists, and each whole document is cut on its own.
/// Pieces leave out their last line end.
/// </summary>
internal sealed class ChunkOperator : IOperator
{
    public string Name => "chunk";

    public PlannedValue Bound(PlannedStage stage)
    {
        long? overlap = stage.Bound.Has(Slots.Overlap) ? stage.Amount(Slots.Overlap) : 0;
        if (stage.Bound.Has(Slots.Parts))
        {
            var pieces = stage.List(stage.Amount(Slots.Parts), stage.Input.MaxTokens);
            return pieces with
            {
                MaxTokens = stage.Input.MaxTokens,
                MaxTextBytes = stage.IsList ? null : stage.Input.MaxTextBytes,
                MaxParts = stage.IsList ? stage.Input.MaxItems : null
            };
        }

        if (stage.Bound.Has(Slots.Pattern))
            return stage.Parts(bytes => bytes + 1);
        if (stage.Amount(Slots.Size) is not { } size || size == 0)
            return stage.Unbounded;

        if (!stage.IsList)
        {
            return overlap != 0 ? stage.Parts(bytes => bytes) with { MaxTokens = null }
                : stage.Bound.Find(Slots.Unit) is null or "lines" ? stage.Parts(bytes => ((bytes - 1) / size) + 1)
                : stage.Parts(bytes => bytes);
        }

        if (stage.Bound.Find(Slots.Unit) == "items")
        {
            long step = Math.Max(1, size - (overlap ?? size));
            var lists = stage.List(
                stage.Input.MaxItems is { } items ? (items + step - 1) / step : null,
                stage.Input.MaxItemTokens is { } each ? PlannedAmount.Product(each, size) : null);
            return lists with { MaxParts = overlap == 0 ? stage.Input.MaxItems : null };
        }

        // Texts are cut and put together again, other items are put into lists: each piece begins with one that is in none before.
        bool isTexts = stage.Bound.Input.ItemType is not { IsTextual: false };
        return new PlannedValue
        {
            MaxItems = isTexts ? stage.CountOf(bytes => bytes) : stage.Input.MaxItems,
            MaxTokens = overlap == 0 ? stage.Input.MaxTokens : null,
            MaxItemTokens = stage.Input.MaxTokens,
            MaxParts = isTexts || overlap != 0 ? null : stage.Input.MaxItems,
            After = stage.Input.After,
        };
    }

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        if (stage.Has(Slots.Pattern))
            return ByPattern(input, stage, CutterOf(stage, scope, evaluation));

        if (stage.Has(Slots.Parts))
        {
            long parts = StageArguments.Whole(stage, Slots.Parts, scope, evaluation);
            if (input is ListValue whole)
                return EvenPieces.OfList(whole.ReadAll(), parts);
            var text = TextInput.Of(input, stage);
            return text.Parts(EvenPieces.OfText(text.Slice, parts));
        }

        long size = StageArguments.Whole(stage, Slots.Size, scope, evaluation);
        long overlap = StageArguments.FindWhole(stage, Slots.Overlap, scope, evaluation) ?? 0;
        if (overlap >= size)
            throw new EvaluationException(
                stage.Get(Slots.Overlap).Span,
                Invariant($"`chunk` needs an overlap less than its size of {size:N0}, and this is {overlap:N0}"),
                "write a smaller overlap");

        string unit = stage.Find(Slots.Unit) ?? "lines";
        if (unit == "tokens")
            (size, overlap) = (Math.Max(1, (long)(size / evaluation.TokenFactor)), (long)(overlap / evaluation.TokenFactor));
        return input is ListValue list
            ? OfList(list, stage, unit, size, overlap, evaluation.CancellationToken)
            : OfText(input, stage, unit, size, overlap, evaluation.CancellationToken);
    }

    private static ListValue OfText(
        Value input, BoundStage stage, string unit, long size, long overlap, CancellationToken cancellationToken)
    {
        var text = TextInput.Of(input, stage);
        return text.Parts(new PieceCutter(text.Slice, TextUnit.Of(unit), size, overlap, cancellationToken).Pieces());
    }

    private static ListValue OfList(
        ListValue list, BoundStage stage, string unit, long size, long overlap, CancellationToken cancellationToken)
    {
        var chunker = new ItemChunker(unit == "items" ? null : TextUnit.Of(unit), size, overlap, cancellationToken);
        if (unit == "items" || stage.Input.ItemType is { IsTextual: false })
            return ListValue.Stream(chunker.Lists(list.Items));

        return ListValue.Stream(Texts(list, stage, unit, size, overlap, chunker, cancellationToken));
    }

    private static IEnumerable<Value> Texts(
        ListValue list, BoundStage stage, string unit, long size, long overlap, ItemChunker chunker, CancellationToken cancellationToken)
    {
        using var items = list.Items.GetEnumerator();
        bool hasItem = items.MoveNext();
        while (hasItem)
        {
            if (IsDocument(items.Current))
            {
                foreach (var piece in OfText(items.Current, stage, unit, size, overlap, cancellationToken).Items)
                    yield return piece;
                hasItem = items.MoveNext();
                continue;
            }

            foreach (var piece in chunker.Texts(UpToDocument()))
                yield return piece;
        }

        IEnumerable<TextValue> UpToDocument()
        {
            for (; hasItem && !IsDocument(items.Current); hasItem = items.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Reading.AsText(items.Current) is { } text)
                    yield return text;
                else if (items.Current is not (NoneValue or FailedValue))
                    yield return new TextValue(Rendering.ValueRenderer.InTemplate(items.Current));
            }
        }
    }

    /// <summary>Whether the item is a record whose text is all of its source.</summary>
    private static bool IsDocument(Value item) =>
        item is RecordValue { Shape.TextField: not null } && Reading.AsText(item)?.Slice is { Start: 0 } slice
            && slice.Length == slice.Source.LengthBytes;

    private static ListValue ByPattern(Value input, BoundStage stage, Func<TextSlice, IEnumerable<TextSlice>> cut)
    {
        if (input is ListValue list)
            return ListValue.Stream(list.Items.SelectMany(item => ByPattern(item, stage, cut).Items));

        var text = TextInput.Of(input, stage);
        return text.Parts(cut(text.Slice));
    }

    /// <summary>Cuts at the lines that match or, where the pattern holds a line end, at the matches in the whole text.</summary>
    private static Func<TextSlice, IEnumerable<TextSlice>> CutterOf(BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var cancellationToken = evaluation.CancellationToken;
        var pattern = stage.Get(Slots.Pattern);
        string? literal = StageArguments.Literal(pattern, scope, evaluation);
        if (literal is null ? !LineSpans.IsSpanning(pattern.Regex!, "") : !literal.Contains('\n'))
        {
            var lines = StageArguments.LinePattern(stage, false, scope, evaluation);
            return text => AtPlaces(text, LinesIn(text, lines, cancellationToken));
        }

        var matches = PatternMaker.Make(pattern, made => PatternCache.TextMatchesOf(made, literal));
        return text => AtPlaces(text, matches.Find(text, cancellationToken).Select(match => (match.Slice.Start, BehindLineEnds(text, match.Slice.Start))));
    }

    private static IEnumerable<(long End, long Start)> LinesIn(TextSlice text, LinePattern pattern, CancellationToken cancellationToken)
    {
        using var lines = MatchingLines.Open(text, pattern, isInverted: false, cancellationToken);
        while (lines.MoveNext())
            yield return (lines.Slice.Start, lines.Slice.Start);
    }

    private static long BehindLineEnds(TextSlice text, long place)
    {
        while (place < text.End && text.Source.GetSpan(place, 1)[0] is (byte)'\r' or (byte)'\n')
            place++;
        return place;
    }

    /// <summary>
    /// The pieces between places where one ends and the next starts; what stands before the first is a piece unless it is blank.
    /// </summary>
    private static IEnumerable<TextSlice> AtPlaces(TextSlice text, IEnumerable<(long End, long Start)> places)
    {
        long start = text.Start;
        bool isFirst = true;
        foreach (var (end, next) in places)
        {
            // Line ends behind a match may hold the next one.
            if (next == start && !isFirst)
                continue;

            var piece = text with { Start = start, Length = end - start };
            if (!isFirst || !IsBlank(piece))
                yield return piece.WithoutLineEnd();
            start = next;
            isFirst = false;
        }

        var last = text with { Start = start, Length = text.End - start };
        if (!isFirst || !IsBlank(last))
            yield return last.WithoutLineEnd();
    }

    private static bool IsBlank(TextSlice slice)
    {
        using var lines = new LineScanner(slice);
        while (lines.MoveNext())
        {
            if (!lines.IsBlank)
                return false;
        }

        return true;
    }
}
