using System.Globalization;
using Tomlyn.Syntax;

namespace Rlm.Cli.Configuration;

/// <summary>Somebody who may ask the server, and how much of it.</summary>
/// <param name="Name">What metrics and messages call them.</param>
/// <param name="Key">The name of the key that they send.</param>
internal sealed record TokenSettings(string Name, string Key)
{
    /// <summary>Most model calls in a day; null for no limit.</summary>
    public long? MaxCalls { get; init; }

    /// <summary>Most US dollars in a day; null for no limit.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>Most requests at once; null for no limit.</summary>
    public int? Parallel { get; init; }

    /// <summary>Whether they may look at the pages of runs, which quote the texts of all.</summary>
    public bool SeesRuns { get; init; }

    /// <summary>Reads a table.</summary>
    /// <exception cref="MisuseException">Something in it is wrong.</exception>
    public static TokenSettings Read(TomlFile file, TableSyntaxBase table, string name)
    {
        if (!KeyFile.IsName(name))
            throw file.Misuse(table, $"`{name}` cannot name a token: write letters, digits, _ and -");

        var token = new TokenSettings(name, "");
        foreach (var entry in table.Items)
        {
            string? text = TomlFile.TextOf(entry.Value);
            token = TomlFile.NameOf(entry.Key) switch
            {
                "key" when entry.Value is StringValueSyntax && KeyFile.IsName(text!) => token with { Key = text! },
                "key" => throw file.Misuse(entry, "`key` is the name of a key in quotes, as rlm keys set NAME keeps it"),
                "max_calls" => token with { MaxCalls = ReadWhole(file, entry, text, 1_000_000_000) },
                "max_cost" => token with { MaxCostUsd = ReadCost(file, entry, text) },
                "parallel" => token with { Parallel = (int)ReadWhole(file, entry, text, 10_000) },
                "sees_runs" when entry.Value is BooleanValueSyntax => token with { SeesRuns = text == "true" },
                "sees_runs" => throw file.Misuse(entry, "this is neither true nor false"),
                var other => throw file.Misuse(entry, $"`{other}` is nothing of a token: there are key, max_calls, max_cost, parallel, sees_runs"),
            };
        }

        return token.Key.Length > 0 ? token : throw file.Misuse(table, "the token has no key: write key = \"NAME\", and rlm keys set NAME");
    }

    private static long ReadWhole(TomlFile file, KeyValueSyntax entry, string? text, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= 1 && value <= most
            ? value
            : throw file.Misuse(entry, Invariant($"this is not a whole number from 1 to {most:N0}"));

    private static decimal ReadCost(TomlFile file, KeyValueSyntax entry, string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) && value is > 0 and <= 1_000_000
            ? value
            : throw file.Misuse(entry, "this is not an amount of US dollars above 0 and up to 1,000,000");
}
