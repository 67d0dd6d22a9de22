using System.Collections;
using System.Reflection;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Tests.Binding;

/// <summary>A bound program as a text without spans: equal texts are programs that do the same.</summary>
internal static class BoundDump
{
    public static string Of(RlmProgram program) => string.Join("\n", program.Bound!.Statements.Select(statement => Of(statement)));

    private static string Of(object? value) => value switch
    {
        null => "-",
        string text => $"\"{text}\"",
        SourceSpan => "",
        OperatorSignature operation => operation.Name,
        FunctionSignature function => function.Name,
        RlmType type => type.ToString(),
        VariableSymbol symbol => symbol.Definition is { Span.Length: > 0 } definition && symbol.Name.Contains(' ') ? $"({Of(definition)})" : symbol.Name,
        BoundNested { Pipeline: { Stages.Count: 0, Source: { } source } } => Of(source),
        IFormattable number => FormattableString.Invariant($"{value.GetType().Name} {number}"),
        IReadOnlyDictionary<string, BoundArgument> arguments =>
            $"{{{string.Join(" ", arguments.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {Of(pair.Value)}"))}}}",
        IEnumerable items => $"[{string.Join(" ", items.Cast<object?>().Select(Of))}]",
        bool flag => flag ? "true" : "false",
        _ => $"({value.GetType().Name} {string.Join(" ", PartsOf(value))})",
    };

    private static IEnumerable<string> PartsOf(object node) => node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0 && property.PropertyType != typeof(SourceSpan) && property.PropertyType != typeof(SourceSpan?)
            && (node.GetType().Namespace == typeof(BoundExpression).Namespace) && property.Name is not ("Text" or "EqualityContract"))
        .Select(property => Of(property.GetValue(node)));
}
