namespace Rlm.Cli.Help;

/// <summary>Shortens usage lines for a list of many.</summary>
internal static class OperatorUsage
{
    private const string FirstCallOption = "[as TYPE] ", LastCallOption = " [or fail|skip|VALUE]";

    /// <summary>What the one-screen help calls <c>KEYS</c>.</summary>
    public const string Keys = "[NAME =] EXPR, …";

    /// <summary>The options of a model call that is about each item, which takes all that there are.</summary>
    public static string CallOptions { get; } =
        RlmLanguage.Operators.Where(static signature => signature.Family == OperatorFamily.Ask && signature.Usage.Contains(FirstCallOption, StringComparison.Ordinal))
            .Select(static signature => OptionsOf(signature.Usage)).MaxBy(static options => options.Length)!;

    /// <summary>The usage line for a list of many: keys and the options of model calls are named, not written out.</summary>
    public static string Short(RlmOperator signature) => signature.Usage
        .Replace(signature.IsPaid ? OptionsOf(signature.Usage) : CallOptions, "[options]", StringComparison.Ordinal)
        .Replace("(llm|rlm)", "llm", StringComparison.Ordinal)
        .Replace("by " + Keys, "by KEYS", StringComparison.Ordinal);

    private static string OptionsOf(string call) => call.IndexOf(FirstCallOption, StringComparison.Ordinal) is var start
        && call.IndexOf(LastCallOption, start, StringComparison.Ordinal) is var end
        ? call[start..(end + LastCallOption.Length)]
        : throw new InvalidOperationException($"`{call}` is not the form of a call.");
}
