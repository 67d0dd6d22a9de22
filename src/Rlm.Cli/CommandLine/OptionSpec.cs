namespace Rlm.Cli.CommandLine;

/// <summary>The groups of the help.</summary>
internal enum OptionCategory
{
    Input,
    Model,
    Limits,
    Journal,
    Output,
}

/// <summary>All that is known of an option; the parser and the help are made from it.</summary>
/// <param name="Name">The long name with its dashes.</param>
/// <param name="ShortName">The one-letter name; null for none.</param>
/// <param name="ValueName">What stands for the value in help; null for a flag.</param>
/// <param name="Category">The group in the help.</param>
/// <param name="Summary">One line without a full stop, with the default.</param>
/// <param name="Details">What else there is to know, for the long help; empty for nothing.</param>
internal sealed record OptionSpec(
    string Name, string? ShortName, string? ValueName, OptionCategory Category, string Summary, string Details = "")
{
    public bool IsFlag => ValueName is null;

    public bool IsRepeatable { get; init; }

    /// <summary>The variable of the environment that stands in for it; null for none.</summary>
    public string? Variable { get; init; }

    /// <summary>The only values that it takes; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What it is by default, as the summary ends with; null where it says nothing.</summary>
    public string? Default => Summary.EndsWith(']') && Summary[(Summary.LastIndexOf('[') + 1)..^1] is var usual && usual != Variable ? usual : null;

    /// <summary>Whether only the long help has it.</summary>
    public bool IsRare { get; init; }

    /// <summary>Whether its value is the path of a file.</summary>
    public bool IsPath => ValueName is "FILE" or "DIR" or "[NAME=]PATH";

    /// <summary>Its names, the short one first.</summary>
    public IEnumerable<string> Names => ShortName is null ? [Name] : [ShortName, Name];

    /// <summary>How the help writes the option.</summary>
    public string Form => $"{(ShortName is null ? "    " : ShortName + ", ")}{Name}{(ValueName is null ? "" : " " + ValueName)}";
}
