using Rlm.Dsl.Formats;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators;

/// <summary>
/// The functions: of their arguments, which may be stages too; folds, of a list and of a group's items; and windows, of an item among others.
/// </summary>
internal static class FunctionCatalog
{
    private const decimal MaxDistance = 1_000_000;

    public static IReadOnlyList<FunctionSignature> All { get; } =
    [
        OfText("lower", "the text in lower case", RlmType.Text, ("lower(\"Ab\")", "ab")) with { Traits = FunctionTraits.KeepsMeaning | FunctionTraits.IsBareOfText },
        OfText("upper", "the text in upper case", RlmType.Text, ("upper(\"Ab\")", "AB")) with { Traits = FunctionTraits.KeepsMeaning | FunctionTraits.IsBareOfText },
        OfText("trim", "the text without blanks around it", RlmType.Text, ("trim(\" a \")", "a")) with { Traits = FunctionTraits.KeepsMeaning | FunctionTraits.IsBareOfText },
        new()
        {
            Name = "slice",
            Summary = "the characters of a text, or the items of a list, from a place to before another, counted from 0, or back from the end where negative",
            Parameters = [Text with { TakesBeside = (type, _) => type.ItemType is not null }, new("from", RlmType.Number), new("to", RlmType.Number, true)],
            Result = types => types.Count > 0 && types[0].ItemType is not null ? types[0] : types.Count > 0 && types[0] is OptionalType ? RlmType.Text.OrNone : RlmType.Text,
            Examples = [("slice(\"häuser\", 1, 3)", "äu"), ("slice([1, 2, 3], -2)", "2\n3")],
        },
        Of("pad_left", "the text with blanks, or another sign, before it up to so many characters", RlmType.Text,
            [Text, new("length", RlmType.Number), new("with", RlmType.Text, true)], ("pad_left(7, 3, \"0\")", "007")) with { Traits = FunctionTraits.WritesNumbers },
        Of("pad_right", "the text with blanks, or another sign, behind it up to so many characters", RlmType.Text,
            [Text, new("length", RlmType.Number), new("with", RlmType.Text, true)], ("pad_right(\"ab\", 4, \".\")", "ab..")) with { Traits = FunctionTraits.WritesNumbers },
        Of("repeat", "the text so many times", RlmType.Text, [Text, new("times", RlmType.Number)], ("repeat(\"ab\", 3)", "ababab")) with { Traits = FunctionTraits.WritesNumbers },
        new()
        {
            Name = "index_of",
            Summary = "the place of the first equal item of a list, or of the first occurrence in a text, counted from 0; none where there is none",
            Parameters = [new("list", RlmType.Unknown), Value],
            Result = _ => RlmType.Number.OrNone,
            Examples = [("index_of([\"Mon\", \"Tue\"], \"Tue\")", "1")],
        },
        new()
        {
            Name = "concat",
            Summary = "the texts as one text, none if one of them is none; or the lists as one list",
            Parameters = [Value, new("next", RlmType.Unknown)],
            IsVariadic = true,
            Result = types => types.FirstOrDefault(type => type.ItemType is not null) is { } list ? list : types.Any(type => type is OptionalType) ? RlmType.Text.OrNone : RlmType.Text,
            Examples = [("concat(\"a\", 1, \"b\")", "a1b"), ("concat([1], [2, 3])", "1\n2\n3")],
        },
        OfText("length", "how many characters the text has, 0 for none", RlmType.Number, ("length(\"häuser\")", "6")) with { Traits = FunctionTraits.IsBareOfText, OfList = "count", FieldOf = FieldOwners.Text | FieldOwners.List },
        Of("replace", "the text with every match replaced; `$1` and `$name` in the new text are groups of a regex", RlmType.Text,
            [Text, new("pattern", RlmType.Pattern), new("with", RlmType.Text)], ("replace(\"a1b22\", /\\d+/, \"N\")", "aNbN")),
        Of("split", "the texts between matches, without a pattern between blanks", RlmType.ListOf(RlmType.Text), [Text, new("pattern", RlmType.Pattern, true)],
            ("split(\"a-b\", \"-\")", "a\nb")),
        OfText("words", "the words of the text", RlmType.ListOf(RlmType.Text), ("words(\"a b\")", "a\nb")) with { Traits = FunctionTraits.IsBareOfText, FieldOf = FieldOwners.Text },
        Of("match", "the first match, or its first group if it has one; none without a match", RlmType.Text.OrNone,
            [Text, new("pattern", RlmType.Pattern)], ("match(\"id=42\", /id=(\\d+)/)", "42")) with { OfGroups = "extract" },
        Of("find_all", "all matches, or the first group of each if the pattern has one", RlmType.ListOf(RlmType.Text),
            [Text, new("pattern", RlmType.Pattern)], ("count(find_all(\"to be or not to be\", \"be\"))", "2")),
        Of("number", "the value read as a number, none if it is not one", RlmType.Number.OrNone, [Value], ("number(\"1,250.5\")", "1250.5")) with { Traits = FunctionTraits.AsksForReading | FunctionTraits.KeepsMeaning | FunctionTraits.IsBareOfText },
        Of("int", "the number without what stands behind its point; a text is read as a number", RlmType.Number.OrNone, [Value], ("int(\"3.7\")", "3"), ("int(-3.7)", "-3")) with { Traits = FunctionTraits.KeepsMeaning | FunctionTraits.IsBareOfText },
        OfAmount("round", "the number rounded half away from zero, printed with so many decimals; a duration to seconds or to a unit", [Amount, new("digits", RlmType.Number, true) { TakesBeside = IsDuration }],
            ("round(2.345, 2)", "2.35"), ("round(32.95, 1)", "33.0"), ("round(95s, 1m)", "2m")) with { Traits = FunctionTraits.KeepsMeaning },
        Of("floor", "the greatest whole number that is not above the number", RlmType.Number, [Number], ("floor(2.7)", "2"), ("floor(-2.1)", "-3")) with { Traits = FunctionTraits.KeepsMeaning },
        Of("ceil", "the least whole number that is not below the number", RlmType.Number, [Number], ("ceil(2.1)", "3")) with { Traits = FunctionTraits.KeepsMeaning },
        Of("sqrt", "the square root of the number; none of one below 0", RlmType.Number.OrNone, [Number], ("sqrt(2.25)", "1.5")),
        Of("power", "the number to the power of the exponent, which `x ** 2` is too; none where there is no such number", RlmType.Number.OrNone,
            [Number, new("exponent", RlmType.Number)], ("2 ** 10", "1024")),
        OfAmount("abs", "the number or duration without its sign", [Amount], ("abs(-2)", "2")),
        Of("percent", "the number as a percentage", RlmType.Text, [Number, new("digits", RlmType.Number, true)], ("percent(0.256, 1)", "25.6%")),
        Of("date", "the value read as a date, by a format if one is given; none if it is not one", RlmType.Date.OrNone, [Value, new("format", RlmType.Text, true) { FormatFault = (_, format) => FormatRules.FindReadingFault(format) }],
            ("date(\"2026-03-01\")", "2026-03-01"), ("day(date(\"05/03/2026\", \"dd/MM/yyyy\"))", "5"), ("bin(date(\"1772355600\", \"epoch\"), \"hour\")", "2026-03-01 09:00Z")) with { Traits = FunctionTraits.AsksForReading | FunctionTraits.KeepsMeaning },
        Of("duration", "the value read as a duration: `00:01:02,345`, `1h 3m`, `90 min`, `PT1H`; none if it is not one", RlmType.Duration.OrNone, [Value],
            ("duration(\"00:01:02,345\") / 1s", "62.345"), ("duration(\"1h 3m\") + 5m", "1h8m")) with { Traits = FunctionTraits.AsksForReading | FunctionTraits.KeepsMeaning },
        Of("format", "a date, duration or number in a format of .NET (`d MMM yyyy`, `#,##0.00`), strftime (`%d %b %Y`), printf or Python (`%.2f`, `,.2f`); `{x:.2f}` in a string is the same", RlmType.Text,
            [Value, new("format", RlmType.Text) { FormatFault = FormatRules.FaultOf }], ("format(date(\"2026-03-01\"), \"d MMM yyyy\")", "1 Mar 2026"), ("format(date(\"2026-03-01\"), \"%B %Y\")", "March 2026"), ("format(1234.5, \"#,##0.00\")", "1,234.50")),
        Of("today", "the day that the run began, where it runs", RlmType.Date, [], ("today() > date(\"2026-03-01\")", "true")),
        Of("now", "the time that the run began", RlmType.Date, [], ("now() >= today()", "true")),
        OfDate("year", "the year"), OfDate("quarter", "the quarter, 1 to 4"), OfDate("month", "the month, 1 to 12") with { Names = "month_name" },
        OfDateName("month_name", "the English name of the month",
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]),
        OfDate("week", "the ISO week, 1 to 53"), OfDate("day", "the day of the month"), OfDate("weekday", "the day of the week, 1 Monday to 7 Sunday") with { Names = "day_name", FieldOf = FieldOwners.None },
        OfDateName("day_name", "the English name of the day of the week", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
        OfDate("hour", "the hour, 0 to 23"), OfDate("minute", "the minute, 0 to 59"),
        new()
        {
            Name = "bin",
            Traits = FunctionTraits.KeepsMeaning | FunctionTraits.TakesUnit,
            Summary = "the start of the bin that a number or date falls in: a width, a duration, or a calendar unit from `\"minute\"` to `\"year\"`",
            Parameters = [Value, new("width", RlmType.Unknown) { FormatFault = (_, unit) => FormatRules.FindUnitFault(unit) }],
            Result = types => types.Count > 0 && types[0].Required == RlmType.Number && types.Count > 1 && types[1].Required == RlmType.Number
                ? RlmType.Number
                : types.Count > 1 && (types[1].Required == RlmType.Duration || types[1].IsTextual) ? RlmType.Date : RlmType.Unknown,
            Examples = [("bin(17, 10)", "10"), ("bin(date(\"2026-03-17\"), \"month\")", "2026-03-01")],
        },
        new()
        {
            Name = "coalesce",
            Traits = FunctionTraits.ReplacesNone | FunctionTraits.KeepsMeaning,
            Summary = "the first value that is not none",
            Parameters = [Value, new("otherwise", RlmType.Unknown)],
            IsVariadic = true,
            Result = types => types.Count == 0 ? RlmType.Unknown : types[types.Count - 1] is OptionalType ? types[0].OrNone : types[0].Required,
            Examples = [("coalesce(none, 3)", "3")],
        },
        OfList("count", "how many items the list has", ItemOperand.Condition, _ => RlmType.Number, ("count([1, 2])", "2")) with
        {
            Traits = FunctionTraits.CountsItems | FunctionTraits.IsHowMany, OfFold = ("distinct", "distinct_count"), FieldOf = FieldOwners.List,
        },
        OfList("sum", "the sum of the list's numbers or durations", ItemOperand.Numbers, TypeRules.Amount, ("sum([1, 2])", "3")) with { OfCondition = "count" },
        OfList("average", "the mean of the list's numbers or durations", ItemOperand.Numbers, item => TypeRules.Amount(item).OrNone, ("average([1, 2])", "1.5")) with { OfCondition = "share" },
        OfList("min", "the least item", ItemOperand.Any, item => item.OrNone, ("min([2, 1])", "1")),
        OfList("max", "the greatest item", ItemOperand.Any, item => item.OrNone, ("max([2, 1])", "2")),
        OfList("median", "the middle of the list's numbers or durations", ItemOperand.Numbers, item => TypeRules.Amount(item).OrNone, ("median([1, 9, 2])", "2")),
        OfEnd("first", "the first item, or the first so many items, or characters of a text", ("first([2, 1])", "2"), ("first(\"häuser\", 2)", "hä")),
        OfEnd("last", "the last item, or the last so many items, or characters of a text", ("last([2, 1])", "1"), ("last(\"häuser\", 2)", "er")),
        OfList("distinct", "each item once", ItemOperand.Any, RlmType.ListOf, ("distinct([1, 1, 2])", "1\n2")),
        OfList("distinct_count", "how many different items the list has, without none", ItemOperand.Any, _ => RlmType.Number, ("distinct_count([1, 1, 2])", "2")) with { Traits = FunctionTraits.IsHowMany },
        Of("range", "the whole numbers from one to before another", RlmType.ListOf(RlmType.Number), [new("from", RlmType.Number), new("to", RlmType.Number)],
            ("range(1, 4)", "1\n2\n3")),
        new()
        {
            Name = "list",
            Summary = "a list of the values; of one list its items",
            Parameters = [Value],
            IsVariadic = true,
            OverItems = new ItemFunction(ItemOperand.Any, RlmType.ListOf),
            Result = types => types.Count == 1 && types[0].ItemType is not null ? types[0]
                : RlmType.ListOf(types.Count == 0 ? RlmType.Unknown : types.Aggregate(TypeRules.Common)),
            Examples = [("list(1, 2)", "1\n2")],
        },
        OfList("stdev", "how far the list's numbers or durations lie from their mean: the standard deviation of a sample (by n - 1), none of fewer than two", ItemOperand.Numbers, item => TypeRules.Amount(item).OrNone, ("stdev([2, 4, 4, 4, 5, 5, 7, 9])", "2.1381")),
        new()
        {
            Name = "percentile",
            Summary = "the least of the list's numbers or durations that so many percent of them do not exceed (nearest rank)",
            Parameters = [Items, new("percent", RlmType.Number)],
            OverItems = new ItemFunction(ItemOperand.Numbers, value => TypeRules.Amount(value).OrNone)
            {
                Parameter = new("percent", RlmType.Number), Form = "percentile(FIELD, 95)",
            },
            Result = types => TypeRules.Amount(ItemOf(types)).OrNone,
            Examples = [("percentile([1, 2, 3, 4], 50)", "2")],
        },
        new()
        {
            Name = "correlation",
            Summary = "how far two numbers of each item, or of two lists, go together: Pearson's coefficient, from -1 to 1; none of fewer than two pairs, or where one does not vary",
            Parameters = [new("xs", RlmType.ListOf(RlmType.Unknown)), new("ys", RlmType.ListOf(RlmType.Unknown))],
            OverItems = new ItemFunction(ItemOperand.Numbers, _ => RlmType.Number.OrNone) { IsOfPairs = true, Form = "correlation(FIELD, FIELD)" },
            Result = _ => RlmType.Number.OrNone,
            Examples = [("correlation([1, 2, 3], [2, 4, 7])", "0.993399")],
        },
        Of("share", "the share of the list's items that are true", RlmType.Number, [Items], ("share([true, false])", "0.5")) with
        {
            OverItems = new ItemFunction(ItemOperand.Condition, _ => RlmType.Number) { IsOfItems = false },
        },
        OfNeighbour("prev", "the expression at the item before, or so many items before; none where there is none",
            ("[1, 3, 6] | map it - coalesce(prev(it), 0)", "1\n2\n3"), ("[1, 2, 3] | map coalesce(prev(it, 2), 0)", "0\n0\n1")),
        OfNeighbour("next", "the expression at the item behind, or so many items behind; none where there is none",
            ("[1, 3, 6] | map coalesce(next(it), 9) - it", "2\n3\n3")),
        OfWindow("running_sum", "the sum of the expression up to the item, in the order of the list",
            new(ItemOperand.Numbers, value => TypeRules.Amount(value).OrNone) { IsOfItems = false, Form = "extend n = running_sum(FIELD)" },
            ("[1, 2, 3] | map running_sum(it)", "1\n3\n6")),
        OfWindow("rank", "the place of the expression among those of the list: 1 the greatest, or with `\"asc\"` the least; equal ones share a place",
            new(ItemOperand.Ordered, _ => RlmType.Number.OrNone)
            {
                IsOfItems = false,
                Parameter = new("order", RlmType.Text, true)
                {
                    Literal = new(value => value is "asc" or "desc", "\"asc\" or \"desc\"", "write `rank(FIELD, \"asc\")` where the least is the first"),
                },
                Form = "extend n = rank(FIELD)",
            },
            ("[5, 9, 7] | map rank(it)", "3\n1\n2"), ("[5, 9, 7] | map rank(it, \"asc\")", "1\n3\n2")),
    ];

    private static readonly Dictionary<string, FunctionSignature> ByName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>The aggregates: of a list's items in `aggregate`, of a list elsewhere.</summary>
    public static IReadOnlyList<string> Aggregates { get; } = [.. All.Where(function => function.IsFold).Select(function => function.Name)];

    private static FunctionParameter Text => new("text", RlmType.Text);

    private static FunctionParameter Number => new("number", RlmType.Number);

    private static FunctionParameter Amount => Number with { TakesBeside = IsDuration };

    private static FunctionParameter Value => new("value", RlmType.Unknown);

    private static FunctionParameter Items => new("items", RlmType.ListOf(RlmType.Unknown));

    public static FunctionSignature? Find(string name) => ByName.TryGetValue(name, out var function) ? function : null;

    private static FunctionSignature Of(string name, string summary, RlmType result, FunctionParameter[] parameters, params (string, string)[] examples) => new()
    {
        Name = name,
        Summary = summary,
        Parameters = parameters,
        Result = types => types.Count > 0 && types[0] is OptionalType ? result.OrNone : result,
        Examples = examples,
    };

    private static FunctionSignature OfAmount(string name, string summary, FunctionParameter[] parameters, params (string, string)[] examples) => new()
    {
        Name = name,
        Summary = summary,
        Parameters = parameters,
        Result = types => types.Count == 0 ? RlmType.Number : types[0] is OptionalType ? TypeRules.Amount(types[0]).OrNone : TypeRules.Amount(types[0]),
        Examples = examples,
    };

    private static FunctionSignature OfText(string name, string summary, RlmType result, (string, string) example) => Of(name, summary, result, [Text], example);

    private static FunctionSignature OfDate(string name, string summary, RlmType? type = null) => new()
    {
        Name = name,
        Summary = $"{summary} of a date",
        Parameters = [new("date", RlmType.Date)],
        FieldOf = FieldOwners.Date,
        Result = types => types.Count > 0 && types[0].Required == RlmType.Date && types[0] is not OptionalType ? type ?? RlmType.Number : (type ?? RlmType.Number).OrNone,
        Examples = [($"{name}(date(\"2026-03-17 09:05\"))", name switch
        {
            "year" => "2026", "quarter" => "1", "month" => "3", "month_name" => "March", "day_name" => "Tuesday", "week" => "12", "day" => "17", "weekday" => "2", "hour" => "9", _ => "5",
        })],
    };

    private static FunctionSignature OfDateName(string name, string summary, string[] names) =>
        OfDate(name, summary, RlmType.Text) with
        {
            Parameters = [new("date", RlmType.Date) { TakesBeside = (type, _) => type.Required == RlmType.Number }],
            Gives = names,
            FieldOf = FieldOwners.None,
        };

    private static FunctionSignature OfEnd(string name, string summary, params (string, string)[] examples) => new()
    {
        Name = name,
        Summary = summary,
        Parameters = [Items with { TakesBeside = (type, given) => type.IsTextual && given > 1 }, new("count", RlmType.Number, true)],
        OverItems = new ItemFunction(ItemOperand.Any, value => value.OrNone),
        Result = types => types.Count > 1 ? types[0].IsTextual ? types[0] is OptionalType ? RlmType.Text.OrNone : RlmType.Text : types[0] : ItemOf(types).OrNone,
        Examples = examples,
    };

    private static FunctionSignature OfList(
        string name, string summary, ItemOperand operand, Func<RlmType, RlmType> result, (string, string) example) => new()
        {
            Name = name,
            Summary = summary,
            Parameters = [Items],
            OverItems = new ItemFunction(operand, result),
            Result = types => result(ItemOf(types)),
            Examples = [example],
        };

    private static FunctionSignature OfNeighbour(string name, string summary, params (string, string)[] examples) => OfWindow(name, summary,
        new(ItemOperand.Any, value => value.OrNone)
        {
            Parameter = new("distance", RlmType.Number, true)
            {
                Literal = new(value => value is decimal and >= 1 and <= MaxDistance and var distance && distance == decimal.Truncate(distance),
                    "a whole number from 1", $"write `{name}(FIELD, 2)`"),
            },
            Form = $"where {name}(it) contains \"…\"",
        },
        examples);

    private static FunctionSignature OfWindow(string name, string summary, ItemFunction over, params (string, string)[] examples) => new()
    {
        Name = name,
        Summary = summary,
        Parameters = [Value with { IsOptional = over.IsOfItems }, .. over.Parameter is { } behind ? [behind] : (FunctionParameter[])[]],
        OverItems = over with { IsWindow = true },
        Result = types => over.Result(types.Count == 0 ? RlmType.Unknown : types[0]),
        Examples = examples,
    };

    private static bool IsDuration(RlmType type, int given) => type == RlmType.Duration;

    private static RlmType ItemOf(IReadOnlyList<RlmType> types) => types.Count == 0 ? RlmType.Unknown : types[0].ItemType ?? RlmType.Unknown;
}
