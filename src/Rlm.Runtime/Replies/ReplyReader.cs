using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Dsl.Types;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Replies;

/// <summary>
/// Reads a model's reply as a value of a type. Nothing is made up: what does not fit is a problem, and missing is
/// none only where the type allows it.
/// </summary>
internal sealed partial class ReplyReader(TextValue? source, bool isHost = false)
{
    private const int MaxShownChars = 80;
    private const decimal MaxSeconds = 922_337_203_685m;

    /// <summary>One value for each label, however many rows have it.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, TextValue[]> LabelValues = [];

    private QuoteFinder? _quotes;

    public static ReplyReading Read(RlmType type, string reply, TextValue? source) => new ReplyReader(source).Read(type, reply);

    /// <summary>Reads what a tool gave; undefined is none.</summary>
    public static ReplyReading Read(RlmType type, JsonElement element) => new ReplyReader(null, isHost: true).ReadElement(type, element, "the result");

    private ReplyReading Read(RlmType type, string reply)
    {
        string text = ReplyWrapping.StripFence(reply).Trim();
        if (type is OptionalType && IsNone(type.Required, text))
            return ReplyReading.Of(NoneValue.Instance);

        return type.Required switch
        {
            RecordType or ListType => ReadJson(type, reply),
            _ => ReadScalar(type, text),
        };
    }

    private ReplyReading ReadScalar(RlmType type, string text)
    {
        var required = type.Required;
        if (required is LabelType label)
            return ReadLabel(label, text);

        if (text.Length == 0)
            return ReplyReading.MakeWrong("the reply was empty");

        if (required == RlmType.Duration)
            return ReadSeconds(text);

        if (required == RlmType.Number)
            return ReadNumber(text);

        if (required == RlmType.Bool)
            return ReadBool(text);

        if (required == RlmType.Date)
            return ReadDate(text);

        return required == RlmType.Quote ? ReadQuote(text) : ReplyReading.Of(new TextValue(text));
    }

    /// <summary>The label that the reply is; one that a sentence mentions is none.</summary>
    private static ReplyReading ReadLabel(LabelType type, string text)
    {
        var labels = type.Labels ?? [];
        string innermost = text;
        foreach (string layer in ReplyWrapping.Layers(text))
        {
            if ((labels.FirstOrDefault(label => label == layer) ?? TakeOnlyOne(labels, label => IsSame(label, layer))) is { } found)
                return LabelOf(labels, found);
            innermost = layer;
        }

        // Labels may look wrapped themselves, as "U.S." does.
        return TakeOnlyOne(labels, label => IsSame(ReplyWrapping.Layers(label).LastOrDefault() ?? label, innermost)) is { } bare
            ? LabelOf(labels, bare)
            : ReplyReading.MakeWrong($"`{ShowStart(text)}` is none of the labels");
    }

    private static ReplyReading LabelOf(IReadOnlyList<string> labels, string found) => ReplyReading.Of(
        LabelValues.GetValue(labels, static labels => [.. labels.Select(label => new TextValue(label) { Domain = labels })])
            .First(value => value.ToString() == found));

    private static string? TakeOnlyOne(IReadOnlyList<string> labels, Func<string, bool> isMeant) =>
        labels.Where(isMeant).Take(2).ToArray() is [var only] ? only : null;

    private static bool IsSame(string label, string text) =>
        string.Equals(Blanks.Replace(label, " "), Blanks.Replace(text, " "), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A number that stands for itself: nothing rounds it, counts in thousands, or gives it a unit, and its
    /// separators can mean one thing only.
    /// </summary>
    private static ReplyReading ReadNumber(string text)
    {
        foreach (string layer in ReplyWrapping.Layers(text, isAmount: true))
        {
            string signed = layer[0] == '\u2212' ? $"-{layer[1..]}" : layer;
            if (PlainNumber.IsMatch(signed) && Reading.AsNumber(new TextValue(signed)) is { IsAtRangeEnd: false } number)
                return ReplyReading.Of(new NumberValue(number));
        }

        return ReplyReading.MakeWrong($"`{ShowStart(text)}` is not one number");
    }

    /// <summary>A duration as a host gives it.</summary>
    private static ReplyReading ReadSeconds(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds)
        && seconds is > -MaxSeconds and < MaxSeconds
            ? ReplyReading.Of(new DurationValue(TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))))
            : ReplyReading.MakeWrong($"`{ShowStart(text)}` is not a duration in seconds");

    private static ReplyReading ReadBool(string text)
    {
        foreach (string layer in ReplyWrapping.Layers(text))
        {
            if (layer.Equals("true", StringComparison.OrdinalIgnoreCase) || layer.Equals("yes", StringComparison.OrdinalIgnoreCase))
                return ReplyReading.Of(BoolValue.True);
            if (layer.Equals("false", StringComparison.OrdinalIgnoreCase) || layer.Equals("no", StringComparison.OrdinalIgnoreCase))
                return ReplyReading.Of(BoolValue.False);
        }

        return ReplyReading.MakeWrong($"`{ShowStart(text)}` is neither true nor false");
    }

    private static ReplyReading ReadDate(string text)
    {
        foreach (string layer in ReplyWrapping.Layers(text, isAmount: true))
        {
            if (DayOrMonth.Match(layer) is { Success: true } parts && parts.Groups["a"].Value is var first
                && parts.Groups["b"].Value is var second
                && int.Parse(first, CultureInfo.InvariantCulture) is <= 12 and var a
                && int.Parse(second, CultureInfo.InvariantCulture) is <= 12 and var b && a != b)
                return ReplyReading.MakeWrong($"in `{ShowStart(text)}` nothing says which is the day and which the month");
            if (Reading.AsDate(new TextValue(layer)) is { Point: { Guess: DateGuess.None, IsClockTime: false } } date)
                return ReplyReading.Of(date);
        }

        return ReplyReading.MakeWrong($"`{ShowStart(text)}` is not a date");
    }

    private ReplyReading ReadQuote(string text)
    {
        if (IsNone(RlmType.Quote, text))
            return ReplyReading.MakeWrong($"`{ShowStart(text)}` is not a quote");

        _quotes ??= new QuoteFinder(source);
        var whole = _quotes.Find(text);
        return ReplyWrapping.Layers(text).Skip(1).Select(_quotes.Find).Prepend(whole)
            .FirstOrDefault(reading => reading.Problem is null) is { Value: not null } found ? found : whole;
    }

    /// <summary>Whether one of the labels is what would else say that there is nothing.</summary>
    public static bool HasNoneLabel(RlmType type) => type is LabelType { Labels: { } labels } && labels.Any(IsNone);

    /// <summary>Whether the reply says that there is nothing; not where that is one of the labels.</summary>
    private static bool IsNone(RlmType type, string text) =>
        HasNoneLabel(type) ? false
        : type == RlmType.Text ? IsNone(text)
        : ReplyWrapping.Layers(text).Any(IsNone);

    private static bool IsNone(string text) => Unquote(text).TrimEnd('.').ToLowerInvariant() is "none" or "null" or "n/a";

    private static string Unquote(string text) =>
        text is ['"', _, .., '"'] or ['\'', _, .., '\''] or ['`', _, .., '`'] or ['“', _, .., '”'] ? text[1..^1].Trim() : text;

    private static string ShowStart(string text) =>
        text.ReplaceLineEndings(" ") is var line && line.Length > MaxShownChars ? $"{line[..MaxShownChars]}…" : line;

    [GeneratedRegex(@"^[-+]?(\d{1,3}(,\d{3}){2,}(\.\d+)?|\d{1,3},\d{3}\.\d+|\d[\d_]*(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?$", RegexOptions.ECMAScript)]
    private static partial Regex PlainNumber { get; }

    [GeneratedRegex(@"^(?<a>\d{1,2})[-/. ](?<b>\d{1,2})[-/. ]\d{2,4}\b", RegexOptions.ECMAScript)]
    private static partial Regex DayOrMonth { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks { get; }
}
