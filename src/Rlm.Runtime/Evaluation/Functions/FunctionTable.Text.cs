using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Functions;

internal static partial class FunctionTable
{
    private const int MostPadded = 10_000;

    private static IEnumerable<KeyValuePair<string, Func<FunctionCall, Value>>> OfText =>
    [
        new("lower", call => MapText(call, text => text.ToLowerInvariant())),
        new("upper", call => MapText(call, text => text.ToUpperInvariant())),
        new("trim", call => OrNone(call.Text(0) is { } text ? Trim(text) : null)),
        new("pad_left", call => Pad(call, isLeft: true)),
        new("pad_right", call => Pad(call, isLeft: false)),
        new("repeat", Repeat),
        new("concat", Concat),
        new("length", call => call.Value(0) is ListValue list
            ? OfNumber(list.KnownCount ?? list.Items.Count())
            : OfNumber(call.Text(0) is { } text ? TextBytes.Characters(text) : 0)),
        new("slice", Slice),
        new("replace", call => Replace(call)),
        new("split", call => OrNone(call.Text(0) is not { } text ? null : call.Find(1) is not null ? call.Pattern(1) is { } pattern ? Split(text, pattern) : null : SplitAtBlanks(text))),
        new("words", call => OrNone(call.Text(0) is { } text ? Words(text) : null)),
        new("match", call => OrNone(call.Text(0) is { } text && call.Pattern(1) is { } pattern ? FindMatch(text, pattern) : null)),
        new("find_all", call => OrNone(call.Text(0) is { } text && call.Pattern(1) is { } pattern ? FindMatches(text, pattern) : null)),
    ];

    private static Value MapText(FunctionCall call, Func<string, string> map) =>
        OrNone(call.Text(0) is { } text ? new TextValue(map(text.ToString()), Provenance.SliceOf(text)) : null);

    private static TextValue Trim(TextValue text)
    {
        string decoded = text.ToString();
        int start = decoded.Length - decoded.AsSpan().TrimStart().Length;
        int length = decoded.AsSpan().Trim().Length;
        return length == decoded.Length ? text : new TextPieces(text, decoded).Cut(start, length);
    }

    /// <summary>The text with a sign repeated at one of its ends; a text that is long enough is as it is.</summary>
    private static Value Pad(FunctionCall call, bool isLeft)
    {
        if (call.Text(0) is not { } text || Place(call, 1) is not { } length || (call.Find(2) is not null && call.Text(2) is null))
            return NoneValue.Instance;

        string sign = call.Find(2) is null ? " " : call.Text(2)!.ToString();
        if (TextBytes.Characters(new TextValue(sign)) != 1)
            throw call.Error($"`{call.Name}` pads with one character, and this is `{sign}`", $"write `{call.Name}(x, 5, \"0\")`");
        if (length > MostPadded)
            throw call.Error(Invariant($"`{call.Name}` pads to at most {MostPadded:N0} characters"));

        string padding = string.Concat(Enumerable.Repeat(sign, (int)Math.Max(0, length - TextBytes.Characters(text))));
        return padding.Length == 0 ? text : new TextValue(isLeft ? padding + text : text + padding);
    }

    private static Value Repeat(FunctionCall call)
    {
        if (call.Text(0) is not { } text || Place(call, 1) is not { } times)
            return NoneValue.Instance;
        if (Math.Max(0, times) * Math.Max(1, text.LengthBytes) > MostPadded)
            throw call.Error(Invariant($"`{call.Name}` makes at most {MostPadded:N0} characters"));
        return new TextValue(string.Concat(Enumerable.Repeat(text.ToString(), (int)Math.Max(0, times))));
    }

    /// <summary>Texts as one text, or lists as one list.</summary>
    private static Value Concat(FunctionCall call)
    {
        if (!call.Arguments.Any(argument => argument is ListValue))
        {
            TextValue?[] texts = [.. Enumerable.Range(0, call.Arguments.Count).Select(call.Text)];
            return Array.TrueForAll(texts, text => text is not null)
                ? new TextValue(string.Concat(texts.Select(text => text!.ToString())))
                : NoneValue.Instance;
        }

        return ListValue.Of([.. call.Arguments.SelectMany(argument => argument switch
        {
            ListValue list => list.Items,
            null or NoneValue => [],
            var other => throw call.Error(
                $"`concat` puts lists together or texts, and this is a list and {ValueKinds.Describe(other)}", "put a value into a list: `concat(items, [x])`"),
        })]);
    }

    private static long? Place(FunctionCall call, int index) => call.Find(index) is null ? null : call.Number(index)?.InDecimal switch
    {
        null => (long?)null,
        { } number when number == decimal.Truncate(number) => (long)Math.Clamp(number, int.MinValue, int.MaxValue),
        { } number => throw call.Error(
            $"`{call.Name}` counts whole characters, and this is {number.ToString(CultureInfo.InvariantCulture)}",
            "give a whole number"),
    };

    /// <summary>The characters of a text, or the items of a list, from a place to before another.</summary>
    private static Value Slice(FunctionCall call)
    {
        if (Place(call, 1) is not { } from || (call.Find(2) is not null && Place(call, 2) is null))
            return NoneValue.Instance;
        if (call.Value(0) is not ListValue list)
            return OrNone(call.Text(0) is { } text ? Slice(text, from, Place(call, 2)) : null);

        var items = list.ReadAll();
        var (start, end) = FindRange(items.Count, from, Place(call, 2));
        return ListValue.Of([.. items.Skip((int)start).Take((int)(end - start))]);
    }

    /// <summary>The stretch from a place to before another, each counted from the end where it is negative.</summary>
    private static (long Start, long End) FindRange(long length, long from, long? to)
    {
        long start = Math.Clamp(from < 0 ? length + from : from, 0, length);
        return (start, Math.Clamp(to is not { } place ? length : place < 0 ? length + place : place, start, length));
    }

    /// <summary>The characters from a place to before another, each counted from the end where it is negative.</summary>
    private static TextValue Slice(TextValue text, long from, long? to)
    {
        string decoded = text.ToString();
        var (start, end) = FindRange(TextBytes.Characters(text), from, to);
        int startAt = Unit(decoded, 0, start);
        return new TextPieces(text, decoded).Cut(startAt, Unit(decoded, startAt, end - start) - startAt);
    }

    /// <summary>The place so many code points behind another.</summary>
    private static int Unit(string text, int at, long characters)
    {
        for (; characters > 0 && at < text.Length; characters--)
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        return at;
    }

    private static Value Replace(FunctionCall call)
    {
        if (call.Text(0) is not { } text || call.Text(2) is not { } with || call.Pattern(1) is not { } pattern)
            return NoneValue.Instance;

        string old = text.ToString();
        string replacement = pattern.Regex is not { } regex ? with.ToString() : NamedGroup.Replace(
            with.ToString(), group => regex.GroupNumberFromName(group.Value[1..]) >= 0 ? $"${{{group.Value[1..]}}}" : group.Value);
        string made = pattern.Replace(old, replacement);
        return ReferenceEquals(old, made) ? text : new TextValue(made, Provenance.SliceOf(text));
    }

    private static ListValue Split(TextValue text, PatternValue pattern)
    {
        string decoded = text.ToString();
        var pieces = new TextPieces(text, decoded);
        List<Value> parts = [];
        int start = 0;
        foreach (var (at, length) in pattern.Find(decoded))
        {
            parts.Add(pieces.Cut(start, at - start));
            start = at + length;
        }

        parts.Add(pieces.Cut(start, decoded.Length - start));
        return ListValue.Of([.. parts]);
    }

    private static ListValue SplitAtBlanks(TextValue text)
    {
        string decoded = text.ToString();
        var pieces = new TextPieces(text, decoded);
        List<Value> parts = [];
        int start = 0;
        for (int at = 0; at <= decoded.Length; at++)
        {
            if (at < decoded.Length && !char.IsWhiteSpace(decoded[at]))
                continue;
            if (at > start)
                parts.Add(pieces.Cut(start, at - start));
            start = at + 1;
        }

        return ListValue.Of([.. parts]);
    }

    /// <summary>
    /// The same words as those of the operator <c>words</c>: runs of letters, digits, <c>'</c> and <c>-</c> with a letter or digit in them.
    /// </summary>
    private static ListValue Words(TextValue text)
    {
        string decoded = text.ToString();
        var pieces = new TextPieces(text, decoded);
        List<Value> words = [];
        int start = 0;
        bool hasLetter = false;
        for (int at = 0, width; at <= decoded.Length; at += width)
        {
            Rune.DecodeFromUtf16(decoded.AsSpan(at), out var rune, out width);
            bool isLetter = width > 0 && Rune.IsLetterOrDigit(rune);
            if (isLetter || (width > 0 && rune.Value is '\'' or '-'))
            {
                hasLetter |= isLetter;
                continue;
            }

            if (hasLetter)
                words.Add(pieces.Cut(start, at - start));
            start = at + width;
            hasLetter = false;
            width = Math.Max(1, width);
        }

        return ListValue.Of([.. words]);
    }

    private static TextValue? FindMatch(TextValue text, PatternValue pattern)
    {
        if (pattern.Regex is null)
            return pattern.IsMatch(text) ? pattern.Literal : null;

        string decoded = text.ToString();
        return pattern.FindFirst(decoded) is { } place ? new TextPieces(text, decoded).Cut(place.Start, place.Length) : null;
    }

    /// <summary>All matches that are not empty, or the first group of each, which is left out where it has no part in the match.</summary>
    private static ListValue FindMatches(TextValue text, PatternValue pattern)
    {
        string decoded = text.ToString();
        var pieces = new TextPieces(text, decoded);
        return ListValue.Of([.. pattern.FindGroups(decoded).Select(place => pieces.Cut(place.Start, place.Length))]);
    }

    // .NET writes a named group as ${name}; the language has $name too.
    [GeneratedRegex(@"\$(?<name>[A-Za-z_]\w*)", RegexOptions.CultureInvariant)]
    private static partial Regex NamedGroup { get; }
}
