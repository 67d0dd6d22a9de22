using Rlm.Dsl.Binding;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>The text that an operator cuts or searches, as bytes, and how its parts become values.</summary>
internal readonly struct TextInput
{
    private TextInput(TextValue text)
    {
        IsComputed = text.Slice is null;
        Origin = text.Provenance;
        // A computed text gets a source of its own to be worked on; its parts are computed as well and keep its origin.
        Slice = text.Written;
    }

    public TextSlice Slice { get; }

    /// <summary>Whether the text is computed, so that its slice names no place of the context.</summary>
    public bool IsComputed { get; }

    /// <summary>What it is a part of; null for a computed text.</summary>
    public TextSource? Source => IsComputed ? null : Slice.Source;

    /// <summary>What a computed text came from, if that is known.</summary>
    public TextSlice? Origin { get; }

    /// <summary>The text of a value; nothing where the value is none, and a scalar as it prints.</summary>
    /// <exception cref="EvaluationException">The value is a list or a record without a text.</exception>
    public static TextInput Of(Value value, BoundStage stage) => new(Reading.AsText(value) ?? value switch
    {
        NoneValue or FailedValue => TextValue.Empty,
        ListValue or RecordValue => throw Refuse(value, stage),
        _ => new TextValue(ValueRenderer.InTemplate(value)),
    });

    public static TextInput Of(TextValue text) => new(text);

    /// <summary>What is said of a value that is not a text.</summary>
    public static EvaluationException Refuse(Value value, BoundStage stage) => new(
        stage.Span,
        $"`{stage.Operator.Name}` takes a text{(stage.Operator.Input == OperatorInput.TextOrList ? " or a list" : "")} and got {ValueKinds.Describe(value)}",
        value switch
        {
            ListValue => "join the items first, as in `join \"\\n\"`",
            RecordValue { Shape.Names: [var name, ..] } => $"name the text: `| get {name} | {stage.Operator.Name}`",
            _ => null,
        });

    /// <summary>A part of the text as a value.</summary>
    public TextValue Part(TextSlice slice, ColumnReading? column = null) =>
        IsComputed ? new TextValue(slice.Decode(), Origin) { Column = column } : new TextValue(slice) { Column = column };

    /// <summary>Parts that are found while they are read.</summary>
    public ListValue Parts(IEnumerable<TextSlice> slices)
    {
        var input = this;
        return ListValue.OfRows(new RowSource(() => new TextRows.Parts(input, slices)));
    }
}
