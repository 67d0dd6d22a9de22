using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

internal sealed partial class ProgramBinder
{
    private static readonly Regex DateForm = new(@"^\d{4}-\d\d?-\d\d?$", RegexOptions.CultureInvariant);

    private BoundExpression BindBinary(BinarySyntax binary, ItemScope? scope)
    {
        switch (binary.Operator)
        {
            case BinaryOperator.Or when binary.Right is TemplateSyntax && binary.Left is BinarySyntax { Right: TemplateSyntax } first:
                string said = _source.TextAt(SourceSpan.Between(first.Left.Span.Start, first.Right.Span.Start));
                Report(DslDiagnostics.NotACondition, binary.Right.Span, "`or` stands between conditions, and this is a text",
                    $"write `{_source.TextAt(first.Span)} or {said.TrimEnd()} {_source.TextAt(binary.Right.Span)}`");
                return new BoundBinary(binary.Span, RlmType.Bool, binary.Operator, BindCondition(binary.Left, scope), Missing(binary.Right.Span));

            case BinaryOperator.Subtract when DateForm.IsMatch(_source.TextAt(binary.Span)):
                Report(DslDiagnostics.WrongOperand, binary.Span, $"`{_source.TextAt(binary.Span)}` is a subtraction here; a date is a text", $"write `date(\"{_source.TextAt(binary.Span)}\")`");
                return Missing(binary.Span);

            case BinaryOperator.And or BinaryOperator.Or:
                return new BoundBinary(binary.Span, RlmType.Bool, binary.Operator, BindCondition(binary.Left, scope), BindCondition(binary.Right, scope));

            case BinaryOperator.Matches or BinaryOperator.NotMatches:
            case BinaryOperator.Contains or BinaryOperator.NotContains when IsPattern(binary.Right, scope):
                var matched = BindExpression(binary.Left, scope);
                RequireText(matched, "`matches`");
                var matches = binary.Operator is BinaryOperator.NotMatches or BinaryOperator.NotContains ? BinaryOperator.NotMatches : BinaryOperator.Matches;
                return new BoundBinary(binary.Span, RlmType.Bool, matches, matched, BindPattern(binary.Right, scope));
        }

        var left = BindExpression(binary.Left, scope);
        var right = Known(BindExpression(binary.Right, scope));
        if (scope is not null && left is BoundLiteral { Value: string } && right is BoundLiteral && binary.Operator is not BinaryOperator.Add)
            ReportFixedText(left);
        return binary.Operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Remainder =>
                new BoundBinary(binary.Span, TypeOfArithmetic(binary, left, right), binary.Operator, left, right),
            BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual =>
                BindComparison(binary, left, right),
            _ => BindTest(binary, left, right),
        };
    }

    private BoundBinary BindTest(BinarySyntax binary, BoundExpression left, BoundExpression right)
    {
        if (binary.Operator is BinaryOperator.In or BinaryOperator.NotIn)
        {
            if (right.Type.ItemType is null && !right.Type.IsTextual && right.Type.Required != RlmType.Unknown)
                Report(DslDiagnostics.WrongOperand, right.Span, $"`in` looks into a list or a text, and this is {Article(right.Type)}", "write a list: `x in [1, 2]`");
            if (left.Type.ItemType is not null)
                Report(DslDiagnostics.ListComparison, left.Span, "`in` looks for one value, and this is a list", "look for one: `any it in …`, or add `| first`");
            CheckLiteral(left, right);
        }
        else if (binary.Operator is BinaryOperator.Contains or BinaryOperator.NotContains)
        {
            if (left.Type.ItemType is null)
                RequireText(left, "`contains`");
            if (left.Type.ItemType is null && right.Type.ItemType is not null)
            {
                string[] texts = right is BoundList { Items: var items } ? [.. items.OfType<BoundLiteral>().Select(item => item.Value).OfType<string>()] : [];
                Report(DslDiagnostics.ListComparison, right.Span, "`contains` looks for one text, and this is a list",
                    texts.Length > 0 ? $"write `{_source.TextAt(left.Span)} matches /{string.Join("|", texts.Select(text => Regex.Escape(text).Replace("/", "\\/")))}/`" : "look for each: `any it in …`");
            }
        }
        else
        {
            RequireText(left, binary.Operator is BinaryOperator.StartsWith or BinaryOperator.NotStartsWith ? "`starts with`" : "`ends with`");
        }

        return new BoundBinary(binary.Span, RlmType.Bool, binary.Operator, left, right);
    }

    private void RequireText(BoundExpression operand, string what)
    {
        var type = operand.Type.Required;
        if (operand is BoundProvenance { Kind: ProvenanceKind.Line or ProvenanceKind.At })
            Report(DslDiagnostics.WrongOperand, operand.Span, $"`{_source.TextAt(operand.Span)}` is the number of a line or byte, not its text", "write `it`");
        else if (type.ItemType is not null)
            Report(DslDiagnostics.ListComparison, operand.Span, $"{what} looks into one text, and this is {Article(type)}", $"look into each: `{_source.TextAt(operand.Span)} | any it …`");
        else if (type is RecordType { TextField: null } row)
            Report(DslDiagnostics.WrongOperand, operand.Span, $"{what} looks into a text, and this is a record", row.Fields.Count > 0 ? $"name a field: `{row.Fields[0].Name}`" : null);
    }

    private BoundBinary BindComparison(BinarySyntax binary, BoundExpression left, BoundExpression right)
    {
        RlmType leftType = left.Type.Required, rightType = right.Type.Required;
        bool isEquality = binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual;
        bool hasList = leftType.ItemType is not null || rightType.ItemType is not null;
        bool bothLists = leftType.ItemType is not null && rightType.ItemType is not null;
        bool hasNone = leftType == RlmType.None || rightType == RlmType.None;
        if (hasList && !(isEquality && (bothLists || hasNone)) && leftType != RlmType.Unknown && rightType != RlmType.Unknown)
        {
            var list = leftType.ItemType is not null ? left : right;
            string text = _source.TextAt(list.Span);
            Report(DslDiagnostics.ListComparison, binary.Span, "a list is never compared with a value",
                isEquality ? $"add `first`: `({text} | first)`, or write `{text} contains …`" : $"add `first` or `count`: `count({text})`");
        }
        else if (!isEquality && leftType.Hint.IsTextual && rightType.Hint.IsTextual)
        {
            Report(DslDiagnostics.TextOrder, binary.Span, $"texts have no order for `{SignOf(binary)}`", HelpForTextOrder(binary));
        }
        else if (!isEquality && (leftType == RlmType.Bool || rightType == RlmType.Bool || leftType is RecordType { TextField: null } || rightType is RecordType { TextField: null }))
        {
            Report(DslDiagnostics.WrongOperand, binary.Span, $"`{SignOf(binary)}` compares numbers, dates and durations, not {Article(leftType)} with {Article(rightType)}");
        }
        else if (!Comparable(leftType, rightType))
        {
            Report(DslDiagnostics.WrongOperand, binary.Span, $"{Article(leftType)} is never {(isEquality ? "equal to" : "compared with")} {Article(rightType)}",
                "compare values of one kind");
        }
        else if (isEquality)
        {
            CheckLiteral(left, right);
            CheckLiteral(right, left);
        }

        return new BoundBinary(binary.Span, RlmType.Bool, binary.Operator, left, right);
    }

    /// <summary>A text in quotes where a field is meant: it is the same for every item.</summary>
    private void ReportFixedText(BoundExpression value)
    {
        string text = value is BoundLiteral { Value: string literal } ? literal : "";
        bool isWord = text.Length > 0 && Lexemes.Word(text, 0) == text.Length && !Lexemes.Reserved.Contains(text);
        Report(DslDiagnostics.WrongOperand, value.Span, $"\"{text}\" is a fixed text, the same for every item",
            isWord ? $"a field stands without quotes: write `{text}`" : $"write `it[\"{text}\"]` for the field");
    }

    private string HelpForTextOrder(BinarySyntax binary)
    {
        string text = _source.TextAt(binary.Left.Span), other = _source.TextAt(binary.Right.Span), sign = SignOf(binary);
        string literal = (binary.Right as TemplateSyntax)?.PlainText ?? (binary.Left as TemplateSyntax)?.PlainText ?? "";
        if (Regex.IsMatch(literal, @"^\d{4}-\d\d"))
            return $"read them as dates: `date({text}) {sign} date({other})`";
        if (Regex.IsMatch(literal, @"^-?[\d.,]+$"))
            return $"read them as numbers: `number({text}) {sign} number({other})`";
        return $"read them as numbers, `number({text}) {sign} number({other})`, or as dates, `date({text}) {sign} date({other})`";
    }

    /// <summary>A label or a number against a text that it never is.</summary>
    private void CheckLiteral(BoundExpression value, BoundExpression literal)
    {
        literal = Known(literal);
        if (literal is BoundList { Items: var items })
        {
            foreach (var item in items)
                CheckLiteral(value, item);
        }

        if (literal is not BoundLiteral { Value: string text })
            return;

        if (value.Type.Required is LabelType label && label.Labels is { Count: > 0 } labels && !labels.Contains(text))
        {
            string? near = NameSuggestion.For(text, labels);
            Report(DslDiagnostics.UnknownLabel, literal.Span, near is null ? $"there is no label \"{text}\"" : $"there is no label \"{text}\"; did you mean \"{near}\"?",
                $"the labels are {string.Join(", ", labels.Select(name => $"\"{name}\""))}");
        }
        else if (value.Type.Required == RlmType.Number && !text.Any(char.IsDigit))
        {
            Report(DslDiagnostics.WrongOperand, literal.Span, $"\"{text}\" is not a number, and a number is compared with it", "compare with a number, such as `3`");
        }
    }

    private string SignOf(BinarySyntax binary) =>
        _source.TextAt(SourceSpan.Between(binary.Left.Span.End, binary.Right.Span.Start)).Trim(' ', '(', ')', '\n');

    /// <summary>Whether two types have values that can be equal; a text may read as a number, date or bool.</summary>
    private static bool Comparable(RlmType left, RlmType right)
    {
        if (left == RlmType.Unknown || right == RlmType.Unknown || left == RlmType.None || right == RlmType.None || left.IsTextual || right.IsTextual)
            return true;

        return left is ListType == right is ListType && left is RecordType == right is RecordType && (left is not ScalarType || left == right);
    }

    private RlmType TypeOfArithmetic(BinarySyntax binary, BoundExpression left, BoundExpression right)
    {
        RlmType leftType = left.Type.Hint, rightType = right.Type.Hint;
        bool mayBeNone = left.Type is OptionalType || right.Type is OptionalType || left.Type.IsTextual || right.Type.IsTextual;
        RlmType? result = (leftType, rightType, binary.Operator) switch
        {
            var (a, b, _) when a == RlmType.Unknown || b == RlmType.Unknown => RlmType.Unknown,
            var (a, b, op) when a == RlmType.Date && b == RlmType.Date && op == BinaryOperator.Subtract => RlmType.Duration,
            var (a, b, op) when a == RlmType.Date && b == RlmType.Duration && op is BinaryOperator.Add or BinaryOperator.Subtract => RlmType.Date,
            var (a, b, op) when a == RlmType.Duration && b == RlmType.Duration && op is BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Remainder => RlmType.Duration,
            var (a, b, op) when a == RlmType.Duration && b == RlmType.Date && op == BinaryOperator.Add => RlmType.Date,
            var (a, b, op) when IsNumeric(a) && b == RlmType.Duration && op == BinaryOperator.Multiply => RlmType.Duration,
            var (a, b, op) when a == RlmType.Duration && b == RlmType.Duration && op == BinaryOperator.Divide => RlmType.Number,
            var (a, b, op) when a == RlmType.Duration && IsNumeric(b) && op is BinaryOperator.Multiply or BinaryOperator.Divide => RlmType.Duration,
            var (a, b, op) when a == RlmType.Date && b.IsTextual && op == BinaryOperator.Subtract => RlmType.Duration,
            var (a, b, _) when IsNumeric(a) && IsNumeric(b) => RlmType.Number,
            _ => null,
        };

        bool isText = binary.Left is TemplateSyntax || binary.Right is TemplateSyntax;
        if (isText && binary.Operator == BinaryOperator.Add && leftType != RlmType.Date)
        {
            Report(DslDiagnostics.WrongOperand, binary.Span, "`+` adds numbers; texts are put together in a string",
                $"write \"{Hole(binary.Left)}{Hole(binary.Right)}\"");
        }
        else if (result is null)
        {
            Report(DslDiagnostics.WrongOperand, binary.Span, $"`{SignOf(binary)}` takes numbers, dates and durations, not {Article(leftType)} and {Article(rightType)}",
                leftType.ItemType is not null || rightType.ItemType is not null ? "fold the list first: `sum(x)`, `count(x)`" : null);
        }

        return result is null ? RlmType.Unknown : mayBeNone ? result.OrNone : result;
    }

    private string Hole(ExpressionSyntax operand) => operand is TemplateSyntax ? _source.TextAt(operand.Span).Trim('"', '\'') : $"{{{_source.TextAt(operand.Span)}}}";

    private static bool IsNumeric(RlmType type) => type.Required == RlmType.Number || type.IsTextual || type.Required == RlmType.Unknown || type == RlmType.None;
}
