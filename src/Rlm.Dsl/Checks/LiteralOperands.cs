using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>A label or a number against a text that it never is.</summary>
internal static class LiteralOperands
{
    public static void Check(BoundExpression value, BoundExpression literal, DiagnosticSink sink)
    {
        literal = BoundTree.Resolve(literal);
        if (literal is BoundList { Items: var items })
        {
            foreach (var item in items)
                Check(value, item, sink);
        }

        if (literal is not BoundLiteral { Value: string text })
            return;

        if (text.Length > 1 && value is BoundCall { Function.Name: "slice", Arguments: [{ } whole, BoundLiteral { Value: decimal from }, BoundLiteral { Value: decimal to }] } && to - from == 1)
        {
            sink.Report(DslDiagnostics.WrongOperand, literal.Span, Invariant($"`{sink.TextAt(value.Span)}` is one character, and \"{text}\" has {text.Length}"),
                Invariant($"the piece between blanks is `split({sink.TextAt(whole.Span)}, \" \")[{from}]`"));
        }
        else if (value.Type.Required is LabelType label && label.Labels is { Count: > 0 } labels && !labels.Contains(text))
        {
            string? near = NameSuggestion.For(text, labels);
            sink.Report(DslDiagnostics.UnknownLabel, literal.Span,
                near is null ? $"there is no label \"{text}\"" : $"there is no label \"{text}\"; did you mean \"{near}\"?",
                $"the labels are {string.Join(", ", labels.Select(name => $"\"{name}\""))}");
        }
        else if (value.Type.Required == RlmType.Number && !text.Any(char.IsDigit))
        {
            sink.Report(DslDiagnostics.WrongOperand, literal.Span,
                $"\"{text}\" is not a number, and a number is compared with it", CalendarNames.HelpForNumber(value, text) ?? "compare with a number, such as `3`");
        }
        else
        {
            CalendarNames.Check(value, (BoundLiteral)literal, text, sink);
        }
    }
}
