using System.Text.RegularExpressions;
using Rlm.Dsl.Binders.Meanings;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds the operations of two operands, and finds what arithmetic gives.</summary>
internal sealed class OperationBinder(BindingContext context)
{
    private static Regex DateForm => field ??= new(@"^\d{4}-\d\d?-\d\d?$", RegexOptions.CultureInvariant);

    // A number has no zeros before it, so that this is not a subtraction.
    private static Regex WrittenDate => field ??= new(@"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$", RegexOptions.CultureInvariant);

    public BoundExpression Bind(BinarySyntax binary, ItemScope? scope)
    {
        switch (binary.Operator)
        {
            case BinaryOperator.Or when IsBareValue(binary.Right) && binary.Left is BinarySyntax { Right: var compared } first && IsBareValue(compared):
                string said = context.TextAt(SourceSpan.Between(first.Left.Span.Start, first.Right.Span.Start));
                context.Report(DslDiagnostics.NotACondition, binary.Right.Span, $"`or` stands between conditions, and this is a {(binary.Right is TemplateSyntax ? "text" : "number")}",
                    $"write `{context.TextAt(first.Span)} or {said.TrimEnd()} {context.TextAt(binary.Right.Span)}`");
                return new BoundBinary(
                    binary.Span,
                    RlmType.Bool,
                    binary.Operator,
                    context.Expressions.BindCondition(binary.Left, scope),
                    BoundLiteral.MakeMissing(binary.Right.Span));

            case BinaryOperator.Add when IsTextPart(binary.Left) || IsTextPart(binary.Right):
                return BindJoinedText(binary, scope);

            case BinaryOperator.Subtract when WrittenDate.IsMatch(context.TextAt(binary.Span)):
                return context.Calls.Bind(binary.Span, new IdentifierSyntax(binary.Span, "date"),
                    [CallArgumentSyntax.Of(TextOf(binary.Span, context.TextAt(binary.Span)))], scope, null);

            case BinaryOperator.Subtract when DateForm.IsMatch(context.TextAt(binary.Span)):
                context.Report(DslDiagnostics.WrongOperand, binary.Span,
                    $"`{context.TextAt(binary.Span)}` is a subtraction here; a date is a text",
                    $"write `date(\"{context.TextAt(binary.Span)}\")`");
                return BoundLiteral.MakeMissing(binary.Span);

            // `number(x) or 0`: a value that is not a condition has one to fall back on.
            case BinaryOperator.Or when binary.Right is LiteralSyntax { Value: not bool } && binary.Left is CallSyntax or NameSyntax or MemberSyntax:
                return BindFallback(binary, scope);

            case BinaryOperator.And or BinaryOperator.Or:
                return new BoundBinary(
                    binary.Span,
                    RlmType.Bool,
                    binary.Operator,
                    context.Expressions.BindCondition(binary.Left, scope),
                    context.Expressions.BindCondition(binary.Right, scope));

            case BinaryOperator.Matches or BinaryOperator.NotMatches:
            case BinaryOperator.Contains or BinaryOperator.NotContains when context.Patterns.IsPattern(binary.Right, scope):
                var matched = context.Expressions.BindSubject(binary.Left, scope);
                TextOperands.Require(matched, "`matches`", context.Sink);
                var matches = binary.Operator is BinaryOperator.NotMatches or BinaryOperator.NotContains
                    ? BinaryOperator.NotMatches
                    : BinaryOperator.Matches;
                return new BoundBinary(binary.Span, RlmType.Bool, matches, matched, context.Patterns.Bind(binary.Right, scope));

            case BinaryOperator.Remainder when binary.Left is TemplateSyntax text
                && FilledTexts.Of(binary.Span, text, binary.Right is ListSyntax list ? [.. list.Items.Select(item => CallArgumentSyntax.Of(item).Operand)] : [binary.Right]) is { } filled:
                return context.Expressions.Bind(filled, scope);

            case BinaryOperator.Remainder when binary.Left is TemplateSyntax:
                context.Report(DslDiagnostics.WrongOperand, binary.Span, "a text has no remainder, and its places are not as many as what is to fill them",
                    "write the values as holes: `\"{a}: {b:.1f}\"`");
                return BoundLiteral.MakeMissing(binary.Span);
        }

        var left = scope is not null && binary is { Left: TemplateSyntax, Right: LiteralSyntax or TemplateSyntax } && binary.Operator != BinaryOperator.Add
            ? context.Expressions.BindOfItem(binary.Left, scope) : context.Expressions.Bind(binary.Left, scope);
        var right = BoundTree.Resolve(FindLabel(binary, left, scope) ?? FindLet(binary, left)
            ?? (binary.Operator is BinaryOperator.In or BinaryOperator.NotIn ? context.Windows.BindValues(binary.Right, scope) : null) ?? FindBareText(binary, left, scope) ?? context.Expressions.Bind(binary.Right, scope));
        if (binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.In or BinaryOperator.NotIn)
            (left, right) = (CalendarNames.NameWhereNamed(left, right), CalendarNames.NameWhereNamed(right, left));
        if (scope is not null && left is BoundLiteral { Value: string } && right is BoundLiteral
            && binary.Operator is not BinaryOperator.Add)
            FixedTexts.Check(left, context.Sink);
        return binary.Operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Remainder =>
                new BoundBinary(binary.Span, TypeOfArithmetic(binary, left, right), binary.Operator, left, right),
            >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual when left.Type.IsTextual && right.Type.IsTextual =>
                BindComparison(binary, AsDate(left), AsDate(right)),
            BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual =>
                BindComparison(binary, left, right),
            _ => BindTest(binary, left, right),
        };
    }

    /// <summary>A value that is written out and no condition: what <c>or</c> is followed by where a comparison was to go on.</summary>
    private static bool IsBareValue(ExpressionSyntax side) => side is TemplateSyntax or LiteralSyntax { Value: decimal };

    private BoundExpression BindFallback(BinarySyntax binary, ItemScope? scope)
    {
        var value = context.Expressions.Bind(binary.Left, scope);
        if (value.Type.Hint == RlmType.Bool || value.Type.Hint == RlmType.Unknown)
        {
            Conditions.Check(value, binary.Left.Span, context.Sink);
            return new BoundBinary(binary.Span, RlmType.Bool, binary.Operator, value, context.Expressions.BindCondition(binary.Right, scope));
        }

        var otherwise = context.Expressions.Bind(binary.Right, scope);
        var function = FunctionCatalog.Find("coalesce")!;
        return new BoundCall(binary.Span, function.Result([value.Type, otherwise.Type]), function, [value, otherwise]);
    }

    /// <summary>A word without quotes beside labels, where it is one of them and nothing else.</summary>
    private BoundLiteral? FindLabel(BinarySyntax binary, BoundExpression left, ItemScope? scope) =>
        binary is { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Right: NameSyntax { Name: var label } }
        && left.Type.Required is LabelType { Labels: { } labels } && labels.Contains(label) && !context.Names.IsKnown(label, scope)
            ? new BoundLiteral(binary.Right.Span, RlmType.Text, label) : null;

    /// <summary><c>region == region</c> compares the field with the <c>let</c> of its name: with itself nobody would.</summary>
    private BoundVariable? FindLet(BinarySyntax binary, BoundExpression left)
    {
        if (binary is not { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual or BinaryOperator.Contains or BinaryOperator.In, Right: NameSyntax name }
            || left is not (BoundField or BoundOpenField) || binary.Left is not (NameSyntax or MemberSyntax { Target: NameSyntax { Name: "it" } })
            || (binary.Left as NameSyntax)?.Name != name.Name || !context.Variables.TryGetValue(name.Name, out var symbol))
            return null;

        context.Report(DslDiagnostics.ReadAs, binary.Span, $"`{context.TextAt(binary.Span)}` compares the field with the `let` of that name",
            "give the `let` a name that no field has");
        return new BoundVariable(name.Span, symbol.Type, symbol);
    }

    /// <summary><c>level == ERROR</c>: a word that is nothing else beside a field is meant as a text.</summary>
    private BoundLiteral? FindBareText(BinarySyntax binary, BoundExpression left, ItemScope? scope)
    {
        if (scope is null || binary is not { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Right: NameSyntax { Name: var word } }
            || left is not BoundField { Type.IsTextual: true } || left.Type.Required is LabelType || context.Names.IsDefined(word, scope) || !word.All(Names.IsWordPart)
            || FunctionCatalog.Find(word) is not null)
            return null;

        // A text that some field is nearly called by may be either.
        if (MeantField.Find(scope, word) is not null)
        {
            UnknownName.Report((NameSyntax)binary.Right, scope, context);
            return BoundLiteral.MakeMissing(binary.Right.Span);
        }

        if (NameSuggestion.For(word, context.Names.NamesIn(scope)) is not null)
            return null;

        context.Report(DslDiagnostics.ReadAs, binary.Right.Span, $"`{word}` is read as the text \"{word}\": there is no name `{word}` here",
            $"write `{context.TextAt(binary.Left.Span)} {SignOf(binary)} \"{word}\"`");
        return new BoundLiteral(binary.Right.Span, RlmType.Text, word);
    }

    /// <summary>A text that is a date beyond doubt, beside a text that is to have an order: both are meant as dates.</summary>
    private static BoundExpression AsDate(BoundExpression operand)
    {
        if (BoundTree.Resolve(operand) is not BoundLiteral { Value: string text } literal || !WrittenDate.IsMatch(text))
            return operand;

        var function = FunctionCatalog.Find("date")!;
        return new BoundCall(operand.Span, function.Result([literal.Type]), function, [literal, null]);
    }

    /// <summary>Whether <c>+</c> can only put it together with another text: a string that is not a number, or such a sum.</summary>
    private static bool IsTextPart(ExpressionSyntax operand) => operand switch
    {
        TemplateSyntax { PlainText: { } text } => !text.Any(char.IsDigit),
        TemplateSyntax => true,
        BinarySyntax { Operator: BinaryOperator.Add } sum => IsTextPart(sum.Left) || IsTextPart(sum.Right),
        _ => false,
    };

    /// <summary><c>"a" + x</c> is how other languages write <c>"a{x}"</c>.</summary>
    private BoundTemplate BindJoinedText(BinarySyntax binary, ItemScope? scope) =>
        new(binary.Span, [context.Expressions.Bind(binary.Left, scope), context.Expressions.Bind(binary.Right, scope)]);

    private static TemplateSyntax TextOf(SourceSpan span, string text) => new(span, [new TemplatePartSyntax(span, text, null)]);

    /// <summary>The sign as it is written.</summary>
    public string SignOf(BinarySyntax binary) =>
        context.TextAt(SourceSpan.Between(binary.Left.Span.End, binary.Right.Span.Start)).Trim(' ', '(', ')', '\n');

    private BoundBinary BindTest(BinarySyntax binary, BoundExpression left, BoundExpression right)
    {
        TextOperands.Check(binary.Operator, left, right, context.Sink);
        var test = new BoundBinary(binary.Span, RlmType.Bool, binary.Operator, left, right);
        bool isTurned = binary.Operator is BinaryOperator.Contains or BinaryOperator.NotContains;
        var (item, whole) = isTurned ? (right, left) : (left, right);
        if (whole is not BoundList list || !(isTurned || binary.Operator is BinaryOperator.In or BinaryOperator.NotIn))
            return test;

        // A member is what it is beside `==`.
        BoundExpression[] members = [.. list.Items.Select(BoundTree.Resolve)];
        bool meansNone = IsEmptyText(item) || members.Any(IsEmptyText);
        if (item.Type.IsTextual && members.Any(member => member.Type.IsTextual))
            (item, members) = (AsDate(item), [.. members.Select(AsDate)]);
        list = list with { Items = members };
        return test with { Left = isTurned ? list : item, Right = isTurned ? item : list, MeansNone = meansNone };
    }

    private BoundBinary BindComparison(BinarySyntax binary, BoundExpression left, BoundExpression right)
    {
        Comparisons.Check(binary, SignOf(binary), left, right, context.Sink);
        return new BoundBinary(binary.Span, RlmType.Bool, binary.Operator, left, right)
        {
            MeansNone = binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual && (IsEmptyText(left) || IsEmptyText(right)),
            HasBound = BoundTree.Resolve(left) is BoundLiteral || BoundTree.Resolve(right) is BoundLiteral,
        };
    }

    private static bool IsEmptyText(BoundExpression operand) => BoundTree.Resolve(operand) is BoundLiteral { Value: string { Length: 0 } };

    private RlmType TypeOfArithmetic(BinarySyntax binary, BoundExpression left, BoundExpression right)
    {
        RlmType leftType = left.Type.Hint, rightType = right.Type.Hint;
        bool mayBeNone = left.Type is OptionalType || right.Type is OptionalType || left.Type.IsTextual || right.Type.IsTextual;
        RlmType? result = (leftType, rightType, binary.Operator) switch
        {
            var (a, b, _) when a == RlmType.Unknown || b == RlmType.Unknown => RlmType.Unknown,
            var (a, b, op) when a == RlmType.Date && b == RlmType.Date && op == BinaryOperator.Subtract => RlmType.Duration,
            var (a, b, op) when a == RlmType.Date && b == RlmType.Duration && op is BinaryOperator.Add or BinaryOperator.Subtract =>
                RlmType.Date,
            var (a, b, op) when a == RlmType.Duration && b == RlmType.Duration
                && op is BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Remainder => RlmType.Duration,
            var (a, b, op) when a == RlmType.Duration && b == RlmType.Date && op == BinaryOperator.Add => RlmType.Date,
            var (a, b, op) when a.MayBeNumber && b == RlmType.Duration && op == BinaryOperator.Multiply => RlmType.Duration,
            var (a, b, op) when a == RlmType.Duration && b == RlmType.Duration && op == BinaryOperator.Divide => RlmType.Number,
            var (a, b, op) when a == RlmType.Duration && b.MayBeNumber && op is BinaryOperator.Multiply or BinaryOperator.Divide =>
                RlmType.Duration,
            var (a, b, op) when a == RlmType.Date && b.IsTextual && op == BinaryOperator.Subtract => RlmType.Duration,
            var (a, b, _) when a.MayBeNumber && b.MayBeNumber => RlmType.Number,
            _ => null,
        };

        bool isText = binary.Left is TemplateSyntax || binary.Right is TemplateSyntax;
        if (isText && binary.Operator == BinaryOperator.Add && leftType != RlmType.Date)
        {
            context.Report(DslDiagnostics.WrongOperand, binary.Span, "`+` adds numbers; texts are put together in a string",
                $"write \"{Hole(binary.Left)}{Hole(binary.Right)}\"");
        }
        else if (result is null)
        {
            var only = BoundTree.FindOnlyRow(left) ?? BoundTree.FindOnlyRow(right);
            string? each = only is null ? EachOf(binary, left, right) : null;
            context.Sink.Report(new Diagnostic(DslDiagnostics.WrongOperand, binary.Span,
                $"`{SignOf(binary)}` takes numbers, dates and durations, not {leftType.WithArticle} and {rightType.WithArticle}",
                each is not null ? $"write `{each}`"
                : only is { } row ? $"`{context.TextAt(row)}` is a list of one row: write `{context.TextAt(row)}[0]`"
                : leftType.ItemType is not null || rightType.ItemType is not null ? "fold the list first: `sum(x)`, `count(x)`" : null)
            {
                Fix = each is not null ? new DiagnosticFix(binary.Span, each) : only is { } list ? new DiagnosticFix(new SourceSpan(list.End, 0), "[0]") : null,
            });
        }

        return result is null ? RlmType.Unknown : mayBeNone ? result.OrNone : result;
    }

    /// <summary><c>items.qty * items.price</c> is how arrays are written elsewhere: the same for each item, as a list; null where it is not that.</summary>
    private string? EachOf(BinarySyntax binary, BoundExpression left, BoundExpression right) =>
        binary is { Left: MemberSyntax first, Right: MemberSyntax second } && left is BoundField { Type.ItemType: not null } && right is BoundField { Type.ItemType: not null }
        && context.TextAt(first.Target.Span) is var list && context.TextAt(second.Target.Span) == list
            ? $"[x.{context.TextAt(first.Member.Span)} {SignOf(binary)} x.{context.TextAt(second.Member.Span)} for x in {list}]" : null;

    private string Hole(ExpressionSyntax operand) =>
        operand is TemplateSyntax ? context.TextAt(operand.Span).Trim('"', '\'') : $"{{{context.TextAt(operand.Span)}}}";
}
