using System.CommandLine;
using System.Globalization;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.CommandLine;

/// <summary>Reads the values of options; keeps the first thing that is wrong and gives defaults from then on.</summary>
/// <param name="verb">The verb.</param>
/// <param name="args">What follows it.</param>
/// <param name="result">The same, parsed.</param>
/// <param name="configuration">Gives, for the profile that the command line names, the options that it does not give.</param>
internal sealed class OptionReader(Verb verb, IReadOnlyList<string> args, ParseResult result, Func<string?, IOptionSource> configuration)
{
    private IOptionSource? _configured;

    /// <summary>The arguments that are not options.</summary>
    public IReadOnlyList<string> Words { get; } = VerbParser.WordsOf(result);

    /// <summary>What follows the verb, as it was given.</summary>
    public IReadOnlyList<string> Arguments => args;

    /// <summary>The command line, as a journal keeps it.</summary>
    public IReadOnlyList<string> Line => RecordedCommandLine.Of(verb, [.. ConfiguredWords(), .. args]);

    /// <summary>What is wrong, in one line; null for nothing.</summary>
    public string? Error { get; private set; }

    public void Fail(string message) => Error ??= message;

    /// <summary>Whether the verb has the option; one that it does not have is never given.</summary>
    public bool Takes(OptionSpec option) => verb.Options.Contains(option);

    /// <summary>Whether the command line itself has the option.</summary>
    public bool IsGiven(OptionSpec option) => Takes(option) && (option.IsFlag ? result.GetValue<bool>(option.Name) : Given(option) is not null);

    public bool Flag(OptionSpec option) => IsGiven(option) || Configured(option)?.Text == "true";

    /// <summary>An option's value, from the command line or else from the configuration.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isGivenAlone">Whether the configuration is not asked.</param>
    public string? Text(OptionSpec option, bool isGivenAlone = false)
    {
        string? text = Given(option) ?? (isGivenAlone ? null : Configured(option)?.Text);
        if (text is not null && string.IsNullOrWhiteSpace(text))
            Fail($"{NameOf(option)} is empty: give {option.ValueName}");
        return text;
    }

    /// <summary>One of the option's choices; null where it is not given.</summary>
    public string? Choice(OptionSpec option)
    {
        if (Text(option) is not { } text || option.Choices.Contains(text))
            return Text(option);

        Fail($"{NameOf(option)} `{text}` is none of {string.Join(", ", option.Choices.SkipLast(1))} and {option.Choices[^1]}");
        return null;
    }

    public IReadOnlyList<string> Texts(OptionSpec option) => result.GetValue<string[]>(option.Name) ?? [];

    /// <summary>The programs that read files, those of the command line before those of the configuration.</summary>
    public IReadOnlyList<LoaderArgument> Loaders()
    {
        var loaders = new List<LoaderArgument>();
        foreach (string text in Takes(Loader) ? Texts(Loader) : [])
        {
            if (LoaderArgument.Read(text) is not { } loader)
                Fail($"{Loader.Name} `{text}` is not EXT=COMMAND: write an extension and a program, such as 'heic=ocr {{}}'");
            else if (loaders.Any(other => other.Extension == loader.Extension))
                Fail($"{Loader.Name} is given twice for `{loader.Extension}`");
            else
                loaders.Add(loader);
        }

        var configured = Takes(Loader) ? ReadConfiguration()?.Loaders ?? [] : [];
        return [.. loaders, .. configured.Select(value => LoaderArgument.Read(value.Text)!)];
    }

    public int Whole(OptionSpec option, int least, int most, int otherwise) => (int)(Whole(option, least, (long)most) ?? otherwise);

    public long? Whole(OptionSpec option, long least, long most, bool isGivenAlone = false)
    {
        if (Text(option, isGivenAlone) is not { } text)
            return null;

        if (long.TryParse(
            text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            && value >= least && value <= most)
        {
            return value;
        }

        Fail(Invariant($"{NameOf(option)} `{text}` is not a whole number from {least:N0} to {most:N0}"));
        return null;
    }

    public decimal? Amount(OptionSpec option, decimal most)
    {
        if (Text(option) is not { } text)
            return null;

        if (TryReadAmount(text, out decimal value) && value > 0 && value <= most)
            return value;

        Fail(Invariant($"{NameOf(option)} `{text}` is not an amount above 0 and up to {most:N0}"));
        return null;
    }

    /// <summary>Reads <c>IN/OUT</c>, both from 0 to 100,000.</summary>
    public TokenPrice? Price(OptionSpec option)
    {
        const decimal Most = 100_000;
        if (Text(option) is not { } text)
            return null;

        if (text.Split('/') is [var input, var output]
            && TryReadAmount(input, out decimal inputUsd) && TryReadAmount(output, out decimal outputUsd) && inputUsd <= Most
            && outputUsd <= Most)
        {
            return new(inputUsd, outputUsd);
        }

        Fail($"{NameOf(option)} `{text}` is not IN/OUT: two amounts in US dollars for a million tokens, from 0 to 100,000, such as 0.25/2");
        return null;
    }

    /// <summary>Reads seconds, or a number with <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>, up to seven days.</summary>
    public TimeSpan? Time(OptionSpec option)
    {
        if (Text(option) is not { } text)
            return null;

        int digits = text.Length;
        while (digits > 0 && char.IsAsciiLetter(text[digits - 1]))
            digits--;

        decimal? unitMs = text[digits..] switch { "ms" => 1, "" or "s" => 1_000, "m" => 60_000, "h" => 3_600_000, _ => null };
        if (unitMs is { } unit && TryReadAmount(text[..digits], out decimal value) && value > 0 && value <= 604_800_000 / unit)
            return TimeSpan.FromMilliseconds((double)(value * unit));

        Fail($"{NameOf(option)} `{text}` is not a time above 0 and up to 168h: write seconds, or 30s, 5m or 1h");
        return null;
    }

    /// <summary>Reads bytes: a number with <c>k</c>, <c>m</c> or <c>g</c>, up to 1 TiB.</summary>
    /// <param name="option">The option.</param>
    /// <param name="leastMiB">The least that it takes.</param>
    public long? Size(OptionSpec option, int leastMiB = 64)
    {
        const decimal Most = 1L << 40;
        decimal least = (long)leastMiB << 20;
        if (Text(option) is not { } text)
            return null;

        string number = text.TrimEnd('b', 'B', 'i').ToLowerInvariant();
        decimal unit = number.Length == 0 ? 0 : number[^1] switch { 'k' => 1L << 10, 'm' => 1L << 20, 'g' => 1L << 30, _ => 1 };
        if (TryReadAmount(unit == 1 ? number : number[..^1], out decimal value) && value * unit is var bytes && bytes >= least && bytes <= Most)
            return (long)bytes;

        Fail(Invariant($"{NameOf(option)} `{text}` is not a size from {leastMiB}m to 1024g: write 500m or 4g"));
        return null;
    }

    private string? Given(OptionSpec option) => Takes(option) ? result.GetValue<string>(option.Name) : null;

    /// <summary>What is to be read of a configuration is read once, and only where an option may come from it.</summary>
    private ConfiguredValue? Configured(OptionSpec option) => Takes(option) ? ReadConfiguration()?.Find(option) : null;

    private IOptionSource? ReadConfiguration() =>
        Takes(NoConfiguration) && !result.GetValue<bool>(NoConfiguration.Name) ? _configured ??= configuration(Given(Profile)) : null;

    /// <summary>What messages call an option: where it was said, if that is not the command line.</summary>
    private string NameOf(OptionSpec option) => IsGiven(option) || Configured(option) is not { } value ? option.Name : $"{value.Origin}: {option.Name}";

    /// <summary>Where an option was set: the option itself, or its key and its place in a configuration.</summary>
    public string SourceOf(OptionSpec option) =>
        IsGiven(option) || Configured(option) is not { } value ? option.Name : $"{option.Name.TrimStart('-').Replace('-', '_')} in {value.Origin}";

    /// <summary>What the configuration adds, as words of a command line.</summary>
    private IEnumerable<string> ConfiguredWords() => verb.Options
        .Where(option => !option.IsRepeatable && !IsGiven(option))
        .Select(option => (option, value: Configured(option)))
        .Where(pair => pair.value is not null && pair.value.Text != "false")
        .SelectMany(pair => pair.option.IsFlag ? [pair.option.Name] : new[] { pair.option.Name, pair.value!.Text });

    private static bool TryReadAmount(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
