using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Binders;

/// <summary>What a key that is computed may be called by: its function, and what that makes of its field.</summary>
internal static class KeyOrigins
{
    /// <summary>The names, the function's first; none of a key that is a field, or no call.</summary>
    public static IEnumerable<string> Of(BoundExpression key)
    {
        if (key is not BoundCall { Function.Name: var function, Arguments: [var subject, ..] arguments })
            return [];

        List<string> names = [function];
        if (function.IndexOf('_') is > 0 and var end && function.EndsWith("_name", StringComparison.Ordinal))
            names.Add(function.Substring(0, end));
        if (function == "day_name")
            names.Add("weekday");
        if (function == "bin" && arguments is [_, BoundLiteral { Value: string unit }])
            names.Add(unit);
        if (KeepsMeaning(function) && subject is not null && FieldBelow(subject) is { } field)
            names.Add(field);
        return names.Distinct();
    }

    /// <summary>Whether the function only puts its value in another form, so that its field's name still says what it is.</summary>
    private static bool KeepsMeaning(string function) =>
        function is "lower" or "upper" or "trim" or "bin" or "date" or "number" or "int" or "round" or "coalesce" or "floor" or "ceil";

    private static string? FieldBelow(BoundExpression value) =>
        value is BoundCall { Function.Name: var function, Arguments: [{ } subject, ..] } && KeepsMeaning(function) ? FieldBelow(subject)
            : BoundTree.FindFieldName(value);
}
