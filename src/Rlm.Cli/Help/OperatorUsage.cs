using Rlm.Dsl;
using Rlm.Dsl.Operators;

namespace Rlm.Cli.Help;

/// <summary>Takes usage lines apart for the help.</summary>
internal static class OperatorUsage
{
    private const string FirstCallOption = " [as TYPE] [pack";

    /// <summary>What the one-screen help calls <c>KEYS</c>.</summary>
    public const string Keys = "[NAME =] EXPR, …";

    /// <summary>The options that every model call takes, as the catalogue has them.</summary>
    public static string CallOptions { get; } = OptionsOf(RlmLanguage.Operators.First(signature => signature.Family == OperatorFamily.Ask).Usage);

    /// <summary>The usage line for a list of many: keys and the options of model calls are named, not written out.</summary>
    public static string Short(RlmOperator signature) => signature.Usage
        .Replace(CallOptions, "[options]", StringComparison.Ordinal)
        .Replace("(llm|rlm)", "llm", StringComparison.Ordinal)
        .Replace("by " + Keys, "by KEYS", StringComparison.Ordinal);

    private static string OptionsOf(string call) => call[(call.IndexOf(FirstCallOption, StringComparison.Ordinal) + 1)..];

    /// <summary>The parts of a usage line that stand in brackets, in order, each once.</summary>
    public static IReadOnlyList<string> Options(string usage)
    {
        var options = new List<string>();
        int depth = 0, start = 0;
        for (int i = 0; i < usage.Length; i++)
        {
            if (usage[i] == '[' && depth++ == 0)
                start = i + 1;
            else if (usage[i] == ']' && --depth == 0)
                options.Add(usage[start..i]);
        }

        return [.. options.Distinct()];
    }
}
