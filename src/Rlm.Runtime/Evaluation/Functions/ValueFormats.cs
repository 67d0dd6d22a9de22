using Rlm.Dsl.Formats;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>A format as the patterns that it is, each read once.</summary>
internal sealed class ValueFormats
{
    private const int MostKept = 1_000;

    private static readonly Memo<string, ValueFormats> Known = new(StringComparer.Ordinal);

    private readonly NumberPattern? _number;
    private readonly PatternFault? _numberFault;
    private readonly PatternFault? _dateFault;

    private ValueFormats(string text)
    {
        _number = NumberPattern.TryParse(text, out _numberFault);
        Date = DatePattern.TryParse(text, out _dateFault);
    }

    /// <summary>The format as one of dates; null for one that is none.</summary>
    public DatePattern? Date { get; }

    public static ValueFormats Of(string text)
    {
        // Formats may come from the data.
        if (Known.Count > MostKept)
            Known.Clear();
        return Known.GetOrAdd(text, static text => new ValueFormats(text));
    }

    /// <summary>The date that a text is in the format; an error for a format that is none of dates.</summary>
    public PointInTime? Read(ReadOnlySpan<char> text, FunctionCall call)
    {
        if ((_dateFault ?? Date!.ReadingFault) is { } fault)
            throw call.Error(fault.Message, fault.Help);
        return PatternDate.TryRead(text, Date!, call.Evaluation.Now);
    }

    /// <summary>The value in the format; null, and counted, where it is nothing that can be written so.</summary>
    public string? Write(Value value, FunctionCall call)
    {
        switch (value)
        {
            case NumberValue number:
                return Write(number.Number, call);
            case DurationValue duration:
                if ((_dateFault ?? FormatRules.DurationFault(Date!)) is { } fault)
                    throw MakeError(fault, call);
                return DateWriter.Write(duration.Duration, Date!);
            case DateValue date:
                return Write(date, call);
        }

        if (_number is null && Date is null)
            throw MakeError(_dateFault!, call);
        if (_number is not null && Reading.AsNumber(value) is { } read)
            return Write(read, call);
        return Date is null ? null : call.Date(0) is { } written ? Write(written, call) : null;
    }

    // What decimal cannot hold prints as it does elsewhere.
    private string Write(Number number, FunctionCall call) =>
        number.IsExact ? NumberWriter.Write(number.InDecimal, _number ?? throw MakeError(_numberFault!, call)) : number.ToString();

    private string? Write(DateValue date, FunctionCall call)
    {
        if (DateWriter.Write(date.Point, Date ?? throw MakeError(_dateFault!, call)) is { } text)
            return text;

        call.Evaluation.Tallies.Lose(
            "date", "{has|have} no such part as the format wants and counted as none", "use a format of what they have, or leave them out before", date);
        return null;
    }

    private static EvaluationException MakeError(PatternFault fault, FunctionCall call) => call.Error(fault.Message, fault.Help);
}
