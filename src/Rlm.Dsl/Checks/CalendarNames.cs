using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Checks;

/// <summary>Names of months and weekdays beside what gives their numbers or their names.</summary>
internal static class CalendarNames
{
    private const int LeastLetters = 3;

    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>How to compare <c>month</c> or <c>weekday</c> with a name; null for any other value or text.</summary>
    public static string? HelpForNumber(BoundExpression value, string text) =>
        FunctionOf(value) is ("month" or "weekday") and var function && PlaceOf(text, Of(function)) is > 0 and var place
            ? Invariant($"compare with {place}, or by name: `{(function == "month" ? "month_name" : "day_name")}(…) == \"{Of(function)[place - 1]}\"`")
            : null;

    /// <summary>Reports a name that <c>month_name</c> or <c>day_name</c> never gives.</summary>
    public static void Check(BoundExpression value, BoundLiteral literal, string text, DiagnosticSink sink)
    {
        if (FunctionOf(value) is not (("month_name" or "day_name") and var function) || Of(function).Contains(text, StringComparer.Ordinal))
            return;

        sink.Report(DslDiagnostics.UnknownLabel, literal.Span, $"`{function}` never gives \"{text}\"",
            PlaceOf(text, Of(function)) is > 0 and var place
                ? $"write \"{Of(function)[place - 1]}\""
                : $"it gives {string.Join(", ", Of(function).Select(name => $"\"{name}\""))}");
    }

    private static string? FunctionOf(BoundExpression value) => value is BoundCall { Function: { IsTool: false, Name: var name } } ? name : null;

    private static string[] Of(string function) => function.StartsWith("month", StringComparison.Ordinal) ? Months : Weekdays;

    /// <summary>The 1-based place of a name that is written in any case, whole or by its first letters; 0 for none.</summary>
    private static int PlaceOf(string text, string[] names) =>
        text.Length < LeastLetters ? 0 : Array.FindIndex(names, name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase)) + 1;
}
