using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Binders;

/// <summary>What a key that is computed may be called by: its function, and what that makes of its field.</summary>
internal static class KeyOrigins
{
    /// <summary>The names, the function's first; none of a key that is a field, or no call.</summary>
    public static IEnumerable<string> Of(BoundExpression key)
    {
        if (key is not BoundCall { Function: var function, Arguments: [var subject, ..] arguments })
            return [];

        List<string> names = [function.Name];
        if (function.Name.IndexOf('_') is > 0 and var end && function.Name.EndsWith("_name", StringComparison.Ordinal))
            names.Add(function.Name.Substring(0, end));
        names.AddRange(FunctionCatalog.All.Where(numbered => numbered.Names == function.Name).Select(numbered => numbered.Name));
        if (function.Is(FunctionTraits.TakesUnit) && arguments is [_, BoundLiteral { Value: string unit }])
            names.Add(unit);
        if (function.Is(FunctionTraits.KeepsMeaning) && subject is not null && FieldBelow(subject) is { } field)
            names.Add(field);
        return names.Distinct();
    }

    private static string? FieldBelow(BoundExpression value) =>
        value is BoundCall { Function: var function, Arguments: [{ } subject, ..] } && function.Is(FunctionTraits.KeepsMeaning) ? FieldBelow(subject)
            : value.FieldName;
}
