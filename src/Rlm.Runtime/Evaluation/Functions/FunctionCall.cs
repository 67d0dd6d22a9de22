using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>A function's arguments and where it is called; it reads them as the function wants them.</summary>
internal sealed class FunctionCall(BoundCall call, Value?[] arguments, EvaluationContext evaluation)
{
    public string Name => call.Function.Name;

    public BoundCall Call => call;

    public EvaluationContext Evaluation => evaluation;

    public IReadOnlyList<Value?> Arguments => arguments;

    /// <summary>The argument; null where it was left out.</summary>
    public Value? Find(int index) => index < arguments.Length ? arguments[index] : null;

    public Value Value(int index) => Find(index) ?? NoneValue.Instance;

    /// <summary>A text, or a scalar as it prints; null for none. Anything else is an error.</summary>
    public TextValue? Text(int index)
    {
        var value = Value(index);
        return Reading.IsNone(value) ? null : Operands.Textual(value)
            ?? throw MakeMisfit(value, "a text", $"`{Name}` works on one text; write `| {Name}` to have it done for each");
    }

    /// <summary>
    /// A number; null for none and, counted, for a text that is not a number and for one beyond what double has. A list or record is an error.
    /// </summary>
    public Number? Number(int index) =>
        Read(index, static value => Reading.AsNumber(value) is { IsAtRangeEnd: false } number ? number : (Number?)null, "number");

    /// <summary>A date; null for none and, counted, for a text that is not a date. A list or record is an error.</summary>
    public DateValue? Date(int index)
    {
        var date = Read(index, value => Reading.AsDate(value, evaluation.Now), "date");
        if (date is not null && Value(index) is not DateValue)
            evaluation.CountGuess(
                Reading.AsText(Value(index)) is { Column: not null } ? date.Point.Guess & ~DateGuess.Order : date.Point.Guess);
        return date;
    }

    /// <summary>A duration; null for none and, counted, for a text that is not one. A list or record is an error.</summary>
    public DurationValue? Duration(int index) => Read(index, Reading.AsDuration, "duration");

    /// <summary>A pattern; null for none.</summary>
    public PatternValue? Pattern(int index) => Value(index) switch
    {
        PatternValue pattern => pattern,
        var value when Reading.IsNone(value) => null,
        var value when Operands.Textual(value) is { } text => new PatternValue(text),
        var value => throw MakeMisfit(value, "a pattern", "write the pattern as `/…/` or as a text"),
    };

    public EvaluationException Error(string message, string? help = null) => new(call.Span, message, help);

    private EvaluationException MakeMisfit(Value value, string wanted, string? help = null) =>
        Error($"`{Name}` takes {wanted} and got {ValueKinds.Describe(value)}", help);

    private T? Read<T>(int index, Func<Value, T?> read, string kind)
    {
        var value = Value(index);
        if (value is ListValue || (value is RecordValue && Reading.AsText(value) is null))
            throw MakeMisfit(value, $"a {kind}");

        var result = read(value);
        var column = Reading.AsText(value)?.Column;
        evaluation.Tallies.AddGuess(column);
        if (result is not null || value is not (TextValue or RecordValue or NumberValue { Number.IsAtRangeEnd: true }) || Reading.IsBlank(value))
            return result;

        string what = $"given to `{Name}` could not be read as a {kind} and counted as none";
        if (column is null)
            evaluation.Tallies.Count("text", what, value);
        else if (call.Function.Is(FunctionTraits.AsksForReading))
            evaluation.Tallies.Count("value", $"of `{column.Name}` {what}", value);
        else
            evaluation.Tallies.LoseValue($"of `{column.Name}` {what}", kind, value);
        return result;
    }
}
