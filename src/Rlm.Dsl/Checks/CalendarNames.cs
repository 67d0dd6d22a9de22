using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Checks;

/// <summary>Names of months and weekdays beside what gives their numbers or their names.</summary>
internal static class CalendarNames
{
    private const int LeastLetters = 3;

    /// <summary>How to compare <c>month</c> or <c>weekday</c> with a name; null for any other value or text.</summary>
    public static string? HelpForNumber(BoundExpression value, string text) =>
        FunctionOf(value)?.Names is { } name && FunctionCatalog.Find(name) is { Gives: var names } && PlaceOf(text, names) is > 0 and var place
            ? Invariant($"compare with {place}, or by name: `{name}(…) == \"{names[place - 1]}\"`")
            : null;

    /// <summary>The name of the day or month where a number of it is compared with names; the value itself otherwise.</summary>
    public static BoundExpression NameWhereNamed(BoundExpression value, BoundExpression other) =>
        value is BoundCall { Function.Names: { } name } call && FunctionCatalog.Find(name) is { } named && AreOf(BoundTree.Resolve(other), named.Gives)
            ? call with { Function = named, Type = named.Result([.. call.Arguments.Where(argument => argument is not null).Select(argument => argument!.Type)]) }
            : value;

    private static bool AreOf(BoundExpression other, IReadOnlyList<string> names) => other switch
    {
        BoundLiteral { Value: string text } => names.Contains(text, StringComparer.Ordinal),
        BoundList { Items: { Count: > 0 } items } => items.All(item => AreOf(BoundTree.Resolve(item), names)),
        _ => false,
    };

    /// <summary>Reports a name that <c>month_name</c> or <c>day_name</c> never gives.</summary>
    public static void Check(BoundExpression value, BoundLiteral literal, string text, DiagnosticSink sink)
    {
        if (FunctionOf(value) is not { Gives: { Count: > 0 } names } function || names.Contains(text, StringComparer.Ordinal))
            return;

        sink.Report(DslDiagnostics.UnknownLabel, literal.Span, $"`{function.Name}` never gives \"{text}\"",
            PlaceOf(text, names) is > 0 and var place
                ? $"write \"{names[place - 1]}\""
                : $"it gives {string.Join(", ", names.Select(name => $"\"{name}\""))}");
    }

    private static FunctionSignature? FunctionOf(BoundExpression value) => (value as BoundCall)?.Function;

    /// <summary>The 1-based place of a name that is written in any case, whole or by its first letters; 0 for none.</summary>
    private static int PlaceOf(string text, IReadOnlyList<string> names) =>
        text.Length < LeastLetters ? 0 : names.ToList().FindIndex(name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase)) + 1;
}
