namespace Rlm.Cli.Help;

/// <summary>Shortens usage lines for a list of many.</summary>
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
}
