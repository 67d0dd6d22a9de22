using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>Whether the values of a call are of the types that its function takes.</summary>
internal static class CallArguments
{
    public static void Check(FunctionSignature function, List<BoundExpression?> values, BoundExpression? piped, DiagnosticSink sink)
    {
        FormatArguments.Check(function, values, sink);
        if (function.Is(FunctionTraits.ReplacesNone) && values[0] is { Type: not OptionalType } first && (first.Type.ItemType is not null || first.Type.Required is RecordType { TextField: null }))
        {
            string otherwise = values.Count > 1 && values[1] is { } second ? sink.TextAt(second.Span) : "0";
            sink.Report(DslDiagnostics.WrongArguments, first.Span, $"`{function.Name}` replaces a value that is none, and this is {first.Type.WithArticle}, which is never none",
                first.Type.ItemType is null or { Required: RecordType } ? $"name the field: `| extend FIELD = {function.Name}(FIELD, {otherwise})`"
                    : $"write `({sink.TextAt(first.Span)} | map {function.Name}(it, {otherwise}))`");
        }

        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
                continue;

            var parameter = function.Parameters[Math.Min(i, function.Parameters.Count - 1)];
            RlmType type = value.Type.Required, wanted = parameter.Type.Required;
            string text = sink.TextAt(value.Span);
            if (parameter.TakesBeside(type, values.Count(given => given is not null)))
                continue;

            if (i == 0 && wanted == RlmType.Text && !function.Is(FunctionTraits.WritesNumbers) && TextOperands.RefusesPlace(value, sink))
                continue;

            if (wanted.ItemType is not null && type.ItemType is null && type != RlmType.Unknown)
            {
                sink.Report(DslDiagnostics.WrongArguments, value.Span, $"`{function.Name}` takes a list, and this is {type.WithArticle}",
                    type.IsTextual && function.Is(FunctionTraits.CountsItems)
                        ? $"count its words or lines: `{function.Name}(words({text}))`, `({text} | lines | {function.Name})`"
                        : null);
            }
            else if (wanted.ItemType is null && type.ItemType is not null && BoundTree.FindOnlyRow(value) is var onlyRow
                && (wanted != RlmType.Unknown || (onlyRow is not null && i == 0 && function.LooksIntoItsFirst)))
            {
                sink.Report(new Diagnostic(DslDiagnostics.ListArgument, value.Span,
                    $"`{function.Name}` takes one {(wanted == RlmType.Unknown ? "value" : wanted)}, and this is a list",
                    onlyRow is { } only ? $"`{sink.TextAt(only)}` is a list of one row: write `{sink.TextAt(only)}[0]`" : $"pipe it: `{text} | {function.Name}`")
                {
                    Fix = onlyRow is { } list ? new DiagnosticFix(new SourceSpan(list.End, 0), "[0]") : null,
                });
            }
            else if (wanted is LabelType { Labels: { } labels } && TextOf(value) is { } label && !labels.Contains(label, StringComparer.OrdinalIgnoreCase))
            {
                sink.Report(DslDiagnostics.WrongArguments, value.Span,
                    $"`{function.Name}` takes {wanted}, and this is another text",
                    NameSuggestion.For(label, labels) is { } near ? $"write `\"{near}\"`" : null);
            }
            else if (wanted is RecordType { TextField: null } && type is ScalarType && type != RlmType.Unknown && type != RlmType.None)
            {
                sink.Report(DslDiagnostics.WrongArguments, value.Span, $"`{function.Name}` takes a record {wanted}, and this is {type.WithArticle}");
            }
            else if (wanted == RlmType.Number && !type.MayBeNumber)
            {
                sink.Report(DslDiagnostics.WrongArguments, value.Span, $"`{function.Name}` takes a number, and this is {type.WithArticle}");
            }
            else if (wanted == RlmType.Date && type != RlmType.Date && !type.IsTextual && type != RlmType.Unknown && type != RlmType.None)
            {
                sink.Report(DslDiagnostics.WrongArguments, value.Span,
                    $"`{function.Name}` takes a date, and this is {type.WithArticle}", $"read a text as one: `date(…)`");
            }
            else if (wanted == RlmType.Text && type is RecordType { TextField: null } row && !ReferenceEquals(value, piped))
            {
                sink.Report(DslDiagnostics.WrongArguments, value.Span,
                    $"`{function.Name}` takes a text, and this is a record",
                    row.Fields.Count > 0 ? $"name a field: `{text}.{row.Fields[0].Name}`" : null);
            }
        }
    }

    /// <summary>The text that an expression is; null where that is known only when the program runs.</summary>
    private static string? TextOf(BoundExpression value) => BoundTree.Resolve(value) switch
    {
        BoundLiteral { Value: string text } => text,
        BoundTemplate { Parts: [BoundLiteral { Value: string text }] } => text,
        _ => null,
    };
}
