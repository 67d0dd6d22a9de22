using Rlm.Cli.CommandLine;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Configuration;

/// <summary>The options that a configuration may set, under their names with <c>_</c>.</summary>
internal static class ConfigurationKeys
{
    public const string Profile = "profile", Profiles = "profiles", Trust = "trust", Server = "server", Tokens = "tokens", Loaders = "loaders";

    public static IReadOnlyList<OptionSpec> All { get; } =
    [
        Model, BaseUrl, Key, SubModel, SubBaseUrl, SubKey, Window, SubWindow, ReplySchema, Grammar, Instructions,
        MaxCalls, MaxSteps, MaxDepth, MaxTokens, MaxInputTokens, MaxOutputTokens, MaxCost, Price, Prices, OptionCatalog.Timeout, MaxMemory,
        OptionCatalog.Parallel, RequestsPerMinute, TokensPerMinute, Confirm, JournalFolder, NoJournal, OptionCatalog.Format, Strict, NoCache,
        Listen, TokenKey, MinTokens, ParallelRuns, MaxQueue, MaxBody, StopTime,
    ];

    public static string NameOf(OptionSpec option) => option.Name.TrimStart('-').Replace('-', '_');

    public static OptionSpec? Find(string name) => All.FirstOrDefault(option => NameOf(option) == name);

    /// <summary>How an option is written in a file.</summary>
    public static string FormOf(OptionSpec option) => $"{NameOf(option)} = {option.ValueName ?? "true"}";

    /// <summary>What to say of a name that is none of them.</summary>
    public static string DescribeUnknown(string name)
    {
        string[] names = [.. All.Select(NameOf), Profile, Profiles, Trust];
        return NameSuggestion.For(name.Replace('-', '_'), names) is { } near
            ? $"`{name}` is not an option; did you mean `{near}`?"
            : $"`{name}` is not an option: there are {string.Join(", ", names)}";
    }
}
