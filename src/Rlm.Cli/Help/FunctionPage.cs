using Rlm.Dsl.Operators;

namespace Rlm.Cli.Help;

/// <summary>One function: form, meaning, examples with values.</summary>
internal static class FunctionPage
{
    /// <summary>The name with its parameters.</summary>
    public static string Form(FunctionSignature function) =>
        $"{function.Name}({string.Join(", ", function.Parameters.Select(parameter => parameter.IsOptional ? $"[{parameter.Name}]" : parameter.Name))}{(function.IsVariadic ? ", …" : "")})"
            .Replace(" ", "\u00a0", StringComparison.Ordinal);

    public static void Write(TextLayout page, FunctionSignature function)
    {
        page.Line(Form(function).Replace('\u00a0', ' '));
        page.Wrapped($"A function: {function.Summary}.", 2);
        if (function.Examples.Count > 0)
            page.Blank().Line(function.Examples.Count == 1 ? "  Example:" : "  Examples:");
        foreach (var (expression, result) in function.Examples)
            page.Block($"{expression}  gives  {string.Join(", ", result.Split('\n'))}", 4);
    }
}
