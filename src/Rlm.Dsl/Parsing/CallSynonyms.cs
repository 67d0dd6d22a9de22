using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing;

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
            (_, _) when FunctionSynonyms.Canonical(name.Name) is { } function => CallOf(function, operands),
            ("isnull" or "is_null" or "isna" or "is_none", [var value]) =>
                new BinarySyntax(span, BinaryOperator.Equal, value, new LiteralSyntax(name.Span, null)),
            ("notnull" or "not_null" or "notna" or "isnotnull" or "is_not_null", [var value]) =>
                new BinarySyntax(span, BinaryOperator.NotEqual, value, new LiteralSyntax(name.Span, null)),
            ("str" or "string" or "text" or "tostring" or "to_string", [_]) =>
                new TemplateSyntax(span, [new TemplatePartSyntax(arguments[0].Span, "", arguments[0].Value)]),
            ("iff" or "iif" or "ifelse" or "if_else", [var condition, var then, var otherwise]) =>
                new ConditionalSyntax(span, condition, then, otherwise),
            ("total_seconds", [var length]) => new MemberSyntax(span, length, name with { Name = "seconds" }),
            ("left", [var value, var count]) => CallOf("first", value, count),
            ("right", [var value, var count]) => CallOf("last", value, count),
            ("get", [var row, TemplateSyntax { PlainText: { Length: > 0 } } field]) =>
                new IndexSyntax(span, row, CallArgumentSyntax.Of(field).Value),
            ("join", [TemplateSyntax separator, not TemplateSyntax]) =>
                PipeInto(span, operands[1], name, "join", new ArgumentSyntax(separator.Span, Slots.Separator, separator)),
            ("join", [var list, TemplateSyntax separator]) =>
                PipeInto(span, list, name, "join", new ArgumentSyntax(separator.Span, Slots.Separator, separator)),
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
            ("quantile", [var list, LiteralSyntax { Value: decimal and >= 0 and <= 1 } part]) =>
                CallOf("percentile", list, part with { Value = (decimal)part.Value! * 100 }),
            ("splitlines" or "split_lines" or "readlines", [var text]) => PipeInto(span, text, name, "lines"),
            ("sorted", [var list]) => PipeInto(span, list, name, "sort"),
            (_, []) => null,
            _ => OperatorForms.Of(name.Name).OrderBy(form => form.Slots?.All is [{ Kind: SlotKind.Keys }, ..]).Select(form => MakeStage(form, span, name, [.. operands.Skip(1)]))
                .FirstOrDefault(stage => stage is not null) is { } stage
                ? new GroupSyntax(span, new PipelineSyntax(span, operands[0], [stage]))
                : null,
        };
    }

    /// <summary>A method that means another thing than the function of its name: Python's <c>t.date()</c> leaves the time out.</summary>
    public static ExpressionSyntax? OfMethod(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments) =>
        name.Name == "date" && arguments is [{ Span: var moment } only] && moment.End < name.Span.Start
            ? new CallSyntax(span, name with { Name = "bin" },
                [only, CallArgumentSyntax.Of(new TemplateSyntax(name.Span, [new TemplatePartSyntax(name.Span, "day", null)]))])
            : null;

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

    private static GroupSyntax PipeInto(SourceSpan span, ExpressionSyntax value, IdentifierSyntax name, string operation,
        params ArgumentSyntax[] arguments) =>
        new(span, new PipelineSyntax(span, value, [new StageSyntax(span, name, OperatorCatalog.Find(operation), arguments, null)]));
}
