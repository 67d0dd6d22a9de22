using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Dsl.Formats;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>
/// Calls that other languages write, as the expressions that are written here. What may mean two things is not among them.
/// </summary>
internal static class CallSynonyms
{
    /// <summary>What the call means; null where it means nothing here.</summary>
    /// <param name="span">The whole call.</param>
    /// <param name="name">The function that there is none of.</param>
    /// <param name="arguments">Its arguments; of a method what stands before the dot comes first.</param>
    public static ExpressionSyntax? Of(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments)
    {
        if (SortCalls.Of(span, name, arguments) is { } sorted)
            return sorted;
        if (JoinCalls.Of(span, name, arguments) is { } joined)
            return joined;
        if (arguments.Any(argument => argument.Name is not null))
            return null;
        if (Substrings.Of(name, arguments, static _ => "") is { Slice: { } slice })
            return new CallSyntax(span, name with { Name = "slice" }, [arguments[0], .. slice.Select(CallArgumentSyntax.Of)]);

        ExpressionSyntax[] operands = [.. arguments.Select(argument => argument.Operand)];
        string word = name.Name.ToLowerInvariant();
        if (operands is [_, _] && FindRelation(word, operands[1]) is { } relation)
            return new BinarySyntax(span, relation, operands[0], operands[1]);

        ExpressionSyntax CallOf(string function, params ExpressionSyntax[] values) =>
            new CallSyntax(span, name with { Name = function }, [.. values.Select(CallArgumentSyntax.Of)]);
        return (word, operands) switch
        {
            ("strftime", [TemplateSyntax { PlainText: { } format }, _]) when format.Contains('%') =>
                CallOf("format", operands[1], operands[0]),
            ("to_timedelta" or "timedelta", [var value, TemplateSyntax { PlainText: { } unit }]) when UnitOf(unit) is { } length =>
                new BinarySyntax(span, BinaryOperator.Multiply, value, new LiteralSyntax(arguments[1].Span, length)),
            ("timedelta", [BinarySyntax { Operator: BinaryOperator.Equal, Left: NameSyntax { Name: var unit }, Right: var value }]) when UnitOf(unit) is { } length =>
                new BinarySyntax(span, BinaryOperator.Multiply, value, new LiteralSyntax(name.Span, length)),
            ("lag" or "lead", [var value, var distance, var otherwise]) => CallOf("coalesce", CallOf(word == "lag" ? "prev" : "next", value, distance), otherwise),
            (_, _) when FunctionSynonyms.Canonical(name.Name) is { } function => CallOf(function, operands),
            ("isnull" or "is_null" or "isna" or "is_none", [var value]) =>
                new BinarySyntax(span, BinaryOperator.Equal, value, new LiteralSyntax(name.Span, null)),
            ("notnull" or "not_null" or "notna" or "isnotnull" or "is_not_null", [var value]) =>
                new BinarySyntax(span, BinaryOperator.NotEqual, value, new LiteralSyntax(name.Span, null)),
            ("str" or "string" or "text" or "tostring" or "to_string", [_]) =>
                new TemplateSyntax(span, [new TemplatePartSyntax(arguments[0].Span, "", arguments[0].Value)]),
            ("iff" or "iif" or "ifelse" or "if_else", [var condition, var then, var otherwise]) =>
                new ConditionalSyntax(span, condition, then, otherwise),
            ("date_trunc" or "datetrunc" or "trunc_date", [TemplateSyntax { PlainText: { Length: > 0 } } unit, var date]) => CallOf("bin", date, WidthOf(unit)),
            ("date_trunc" or "datetrunc" or "trunc_date", [var date, TemplateSyntax { PlainText: { Length: > 0 } } unit]) => CallOf("bin", date, WidthOf(unit)),
            ("startofday" or "startofmonth" or "startofyear" or "start_of_day" or "start_of_month" or "start_of_year", [var date]) =>
                CallOf("bin", date, TextOf(name.Span, word.Substring(word.LastIndexOf('f') + 1).TrimStart('_'))),
            ("ago", [var length]) => new BinarySyntax(span, BinaryOperator.Subtract, CallOf("now"), length),
            ("diff", [var value]) => new BinarySyntax(span, BinaryOperator.Subtract, value, CallOf("prev", value)),
            ("diff", [var value, LiteralSyntax distance]) => new BinarySyntax(span, BinaryOperator.Subtract, value, CallOf("prev", value, distance)),
            ("shift", [var value]) => CallOf("prev", value),
            ("shift", [var value, LiteralSyntax { Value: decimal distance } places]) =>
                CallOf(distance < 0 ? "next" : "prev", value, places with { Value = Math.Abs(distance) }),
            ("least" or "greatest" or "min_of" or "max_of", [_, _, ..]) => CallOf(word is "least" or "min_of" ? "min" : "max",
                new ListSyntax(span, [.. arguments.Select(argument => argument.Value)])),
            ("group_concat" or "string_agg" or "listagg" or "strjoin", [var value]) => Joined(span, name, CallOf("list", value), TextOf(name.Span, ",")),
            ("group_concat" or "string_agg" or "listagg" or "strjoin", [var value, TemplateSyntax separator]) => Joined(span, name, CallOf("list", value), separator),
            ("removeprefix" or "remove_prefix", [var value, TemplateSyntax { PlainText: { } prefix } part]) =>
                CallOf("replace", value, new RegexSyntax(part.Span, $"^{Regex.Escape(prefix)}", ""), TextOf(part.Span, "")),
            ("removesuffix" or "remove_suffix", [var value, TemplateSyntax { PlainText: { } suffix } part]) =>
                CallOf("replace", value, new RegexSyntax(part.Span, $"{Regex.Escape(suffix)}$", ""), TextOf(part.Span, "")),
            ("split_part" or "splitpart", [var value, var separator, LiteralSyntax { Value: decimal and >= 1 and var place } part]) =>
                new IndexSyntax(span, CallOf("split", value, separator), CallArgumentSyntax.Of(part with { Value = place - 1 }).Value),
            ("json" or "parse_json" or "parsejson" or "from_json" or "json_parse" or "loads", [var text]) =>
                PipeInto(span, text, name, "parse", Json(name)),
            ("index" or "find", [_, _]) => CallOf("index_of", operands),
            ("values", [var value]) when arguments[0].Span.Start > name.Span.Start => CallOf("distinct", value),
            ("sumif" or "sum_if" or "avgif" or "avg_if" or "averageif" or "average_if" or "minif" or "min_if" or "maxif" or "max_if", [_, _]) =>
                CallOf(FunctionSynonyms.Canonical(word.Substring(0, word.Length - 2).TrimEnd('_')) ?? word.Substring(0, word.Length - 2).TrimEnd('_'), operands),
            ("n", []) => CallOf("count"),
            ("total_seconds", [var length]) => new MemberSyntax(span, length, name with { Name = "seconds" }),
            ("left", [var value, var count]) => CallOf("first", value, count),
            ("right", [var value, var count]) => CallOf("last", value, count),
            ("get", [var row, TemplateSyntax { PlainText: { Length: > 0 } } field]) =>
                new IndexSyntax(span, row, CallArgumentSyntax.Of(field).Value),
            ("get", [var row, TemplateSyntax { PlainText: { Length: > 0 } } field, var otherwise]) =>
                CallOf("coalesce", new IndexSyntax(span, row, CallArgumentSyntax.Of(field).Value), otherwise),
            ("astype" or "cast", [var value, NameSyntax { Name: var type }]) when TypeFunctionOf(type) is { } read => CallOf(read, value),
            ("astype" or "cast", [var value, TemplateSyntax { PlainText: { } type }]) when TypeFunctionOf(type) is { } read => CallOf(read, value),
            ("apply", [var value, LambdaSyntax body]) => PipeInto(span, value, name, "map", new ArgumentSyntax(body.Span, Slots.Value, body)),
            ("join", [TemplateSyntax separator, not TemplateSyntax]) => Joined(span, name, operands[1], separator),
            ("join", [var list, TemplateSyntax separator]) => Joined(span, name, list, separator),
            ("values", [var value]) => CallOf("distinct", CallOf("list", value)),
            (['p', .. var part], [var value]) when part is [>= '1' and <= '9', >= '0' and <= '9'] =>
                CallOf("percentile", value, new LiteralSyntax(name.Span, decimal.Parse(part, CultureInfo.InvariantCulture))),
            ("parse", [NameSyntax { Name: "JSON" }, var text]) => PipeInto(span, text, name, "parse", Json(name)),
            ("exists", [GroupSyntax list]) =>
                new BinarySyntax(span, BinaryOperator.Greater, CallOf("count", list), new LiteralSyntax(name.Span, 0m)),
            ("value_counts" or "counter", [var list]) => ValueCounts.Of(span, name, list, null),
            ("value_counts", [var list, var key]) when FillSlot(SlotKind.Keys, key) is BindingListSyntax keys =>
                ValueCounts.Of(span, name, list, keys),
            ("most_common", [var list, LiteralSyntax most]) => PipeInto(span, list, name, "top", new ArgumentSyntax(most.Span, Slots.Count, most),
                new ArgumentSyntax(span, Slots.Key, new NameSyntax(span, "count"))),
            ("any" or "all", [GroupSyntax list]) =>
                PipeInto(span, list, name, word, new ArgumentSyntax(span, Slots.Condition, new NameSyntax(span, "it"))),
            ("map", [LambdaSyntax body, var list]) => PipeInto(span, list, name, word, new ArgumentSyntax(body.Span, Slots.Value, body)),
            ("filter", [LambdaSyntax body, var list]) =>
                PipeInto(span, list, name, "where", new ArgumentSyntax(body.Span, Slots.Condition, body)),
            ("extract" or "regexp_extract" or "regex_extract" or "regexp_substr", [var value, RegexSyntax pattern]) => CallOf("match", value, pattern),
            ("extract", [RegexSyntax pattern, LiteralSyntax { Value: 1m }, var value]) => CallOf("match", value, pattern),
            // Others lie between two values, and `percentile` is one of them.
            ("quantile" or "percentile_cont" or "quantile_cont", [var list, LiteralSyntax { Value: 0.5m }]) => CallOf("median", list),
            ("quantile" or "percentile_cont" or "quantile_cont", [LiteralSyntax { Value: 0.5m }, var list]) => CallOf("median", list),
            ("splitlines" or "split_lines" or "readlines", [var text]) => PipeInto(span, text, name, "lines"),
            ("sorted", [var list]) => PipeInto(span, list, name, "sort"),
            (_, []) => null,
            _ => OperatorForms.Of(name.Name).OrderBy(form => form.Slots?.All is [{ Kind: SlotKind.Keys }, ..]).Select(form => MakeStage(form, span, name, [.. operands.Skip(1)]))
                .FirstOrDefault(stage => stage is not null) is { } stage
                ? new GroupSyntax(span, new PipelineSyntax(span, operands[0], StageExpansions.Of(stage)))
                : null,
        };
    }

    /// <summary>A call that means another thing than the function of its name; null where it means that.</summary>
    public static ExpressionSyntax? OfKnown(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments)
    {
        ExpressionSyntax[] operands = [.. arguments.Where(argument => argument.Name is null).Select(argument => argument.Operand)];
        CallSyntax CallOf(string function, params ExpressionSyntax[] values) => new(span, name with { Name = function }, [.. values.Select(CallArgumentSyntax.Of)]);
        bool isMethod = arguments.Count > 0 && arguments[0].Span.End < name.Span.Start;
        return (name.Name, operands) switch
        {
            // Python's `t.date()` leaves the time out.
            ("date", [var time]) when isMethod => CallOf("bin", time, TextOf(name.Span, "day")),
            ("bin" or "floor", [var time, TemplateSyntax { PlainText: not null } unit]) when name.Name == "floor" || WidthOf(unit) != unit =>
                CallOf("bin", time, WidthOf(unit)),
            ("range", [var end]) => CallOf("range", new LiteralSyntax(name.Span, 0m), end),
            ("find_all" or "match" or "split", [RegexSyntax pattern, not RegexSyntax and var text]) => CallOf(name.Name, text, pattern),
            ("replace", [RegexSyntax pattern, TemplateSyntax by, var text]) => CallOf("replace", text, pattern, by),
            ("format", [TemplateSyntax { PlainText: not null and not "%d" } text, _, ..]) when FilledTexts.Of(span, text, [.. operands.Skip(1)]) is { } filled => filled,
            ("format", [TemplateSyntax { PlainText: { } form } text, not TemplateSyntax and var value]) when FormatRules.IsKnown(form) => CallOf("format", value, text),
            ("date", [var year, var month, var day]) => CallOf("date", MakeDate(span, year, month, day)),
            ("weekday" or "month", [var date, TemplateSyntax { PlainText: "long" or "name" or "full" or "dddd" or "MMMM" or "%A" or "%B" }]) =>
                CallOf(name.Name == "month" ? "month_name" : "day_name", date),
            ("weekday" or "month", [var date, TemplateSyntax { PlainText: "short" or "abbr" or "ddd" or "MMM" or "%a" or "%b" } form]) =>
                CallOf("format", date, TextOf(form.Span, name.Name == "month" ? "MMM" : "ddd")),
            _ => null,
        };
    }

    /// <summary>A width that is written as a text, as <c>"15min"</c> or <c>"2 hours"</c>; a unit of the calendar stays one.</summary>
    private static ExpressionSyntax WidthOf(TemplateSyntax width)
    {
        string text = width.PlainText!.Trim();
        string digits = new([.. text.TakeWhile(c => c is >= '0' and <= '9')]), unit = text.Substring(digits.Length).Trim();
        if (FormatRules.CalendarUnits.Contains(text))
            return width;
        if (digits is "" or "1" && unit.TrimEnd('s') is ("month" or "quarter" or "year") and var calendar)
            return TextOf(width.Span, calendar);
        return digits.Length > 6 || UnitOf(unit) is not { } length ? width
            : new LiteralSyntax(width.Span, TimeSpan.FromTicks(length.Ticks * (digits.Length == 0 ? 1 : int.Parse(digits, CultureInfo.InvariantCulture))));
    }

    private static string? TypeFunctionOf(string name) => name.ToLowerInvariant().TrimEnd('0', '1', '2', '3', '4', '6', '8') switch
    {
        "float" or "double" or "number" => "number",
        "int" => "int",
        "str" or "string" or "text" => "str",
        "datetime" or "date" or "datetime64[ns]" => "date",
        _ => null,
    };

    private static TimeSpan? UnitOf(string name) => name switch
    {
        "s" or "sec" or "second" or "seconds" => TimeSpan.FromSeconds(1),
        "m" or "min" or "minute" or "minutes" => TimeSpan.FromMinutes(1),
        "h" or "hour" or "hours" => TimeSpan.FromHours(1),
        "d" or "D" or "day" or "days" => TimeSpan.FromDays(1),
        "w" or "W" or "week" or "weeks" => TimeSpan.FromDays(7),
        "ms" or "milliseconds" => TimeSpan.FromMilliseconds(1),
        _ => null,
    };

    private static TemplateSyntax TextOf(SourceSpan span, string text) => new(span, [new TemplatePartSyntax(span, text, null)]);

    private static TemplateSyntax MakeDate(SourceSpan span, ExpressionSyntax year, ExpressionSyntax month, ExpressionSyntax day)
    {
        TemplatePartSyntax HoleOf(ExpressionSyntax part, string? format) => new(part.Span, "", CallArgumentSyntax.Of(part).Value)
        {
            Format = format is null ? null : new LiteralSyntax(part.Span, format),
        };
        var dash = new TemplatePartSyntax(span, "-", null);
        return new TemplateSyntax(span, [HoleOf(year, null), dash, HoleOf(month, "00"), dash, HoleOf(day, "00")]);
    }

    /// <summary>
    /// An operator that is called with what fills its slots, as in <c>rows.filter(r => r.n > 2)</c>; null where that does not fit.
    /// </summary>
    private static StageSyntax? MakeStage(OperatorForm form, SourceSpan span, IdentifierSyntax head,
        IReadOnlyList<ExpressionSyntax> operands)
    {
        if (form.Operator.IsPaid || form.Slots is not var (slots, needed) || operands.Count < needed || operands.Count > slots.Count)
            return null;

        SyntaxNode?[] values = [.. operands.Select((operand, i) => FillSlot(slots[i].Kind, operand))];
        return values.Any(value => value is null) ? null
            : form.ToStage(span, head, [.. values.Select((value, i) => new ArgumentSyntax(operands[i].Span, slots[i], value!))]);
    }

    private static SyntaxNode? FillSlot(SlotKind kind, ExpressionSyntax operand) => (kind, FindField(operand)) switch
    {
        (SlotKind.Condition or SlotKind.OptionalCondition or SlotKind.Expression, _) => operand,
        (SlotKind.Amount, _) when operand is LiteralSyntax or NameSyntax or GroupSyntax => operand,
        (SlotKind.Pattern or SlotKind.CapturePattern, _) when operand is RegexSyntax or TemplateSyntax => operand,
        (SlotKind.Outer, _) when operand is TemplateSyntax => operand,
        (SlotKind.FieldName, { } field) => field,
        (SlotKind.Keys, var field) =>
            new BindingListSyntax(operand.Span,
                [new BindingSyntax(operand.Span, null, field is null ? operand : new NameSyntax(field.Span, field.Name))]),
        (SlotKind.Orders, var field) =>
            new OrderListSyntax(operand.Span,
                [new OrderSyntax(operand.Span, field is null ? operand : new NameSyntax(field.Span, field.Name), false)]),
        _ => null,
    };

    /// <summary>The field that a name, or a name in quotes, stands for.</summary>
    private static IdentifierSyntax? FindField(ExpressionSyntax operand) => operand switch
    {
        NameSyntax name => new IdentifierSyntax(name.Span, name.Name),
        TemplateSyntax { PlainText: { Length: > 0 } text } => new IdentifierSyntax(operand.Span, text),
        _ => null,
    };

    /// <summary>The relation that a method of two operands stands for.</summary>
    private static BinaryOperator? FindRelation(string word, ExpressionSyntax right) => word switch
    {
        "contains" or "includes" => BinaryOperator.Contains,
        "startswith" or "starts_with" => BinaryOperator.StartsWith,
        "endswith" or "ends_with" => BinaryOperator.EndsWith,
        "matches" or "regex_match" or "regexp_like" when right is RegexSyntax => BinaryOperator.Matches,
        "isin" or "is_in" => BinaryOperator.In,
        _ => null,
    };

    private static GroupSyntax Joined(SourceSpan span, IdentifierSyntax name, ExpressionSyntax list, TemplateSyntax separator) =>
        PipeInto(span, list, name, "join", new ArgumentSyntax(separator.Span, Slots.Separator, separator));

    private static ArgumentSyntax Json(IdentifierSyntax name) => new(name.Span, Slots.Format, new WordSyntax(name.Span, "json"));

    private static GroupSyntax PipeInto(SourceSpan span, ExpressionSyntax value, IdentifierSyntax name, string operation,
        params ArgumentSyntax[] arguments) =>
        new(span, new PipelineSyntax(span, value, [new StageSyntax(span, name, OperatorCatalog.Find(operation), arguments, null)]));
}
