using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.CommandLine;

internal sealed record OutputArguments(bool Json, bool IsQuiet, bool IsVerbose, bool NoColor)
{
    private static readonly Dictionary<string, RlmFormat> Formats = new(StringComparer.Ordinal)
    {
        ["table"] = RlmFormat.Table,
        ["markdown"] = RlmFormat.Markdown,
        ["csv"] = RlmFormat.Csv,
        ["json"] = RlmFormat.Json,
        ["jsonl"] = RlmFormat.JsonLines,
        ["text"] = RlmFormat.Text,
    };

    /// <summary>How values are written; null for what suits where they go.</summary>
    public RlmFormat? Format { get; init; }

    public static OutputArguments Read(OptionReader reader)
    {
        bool isQuiet = reader.Flag(Quiet), isVerbose = reader.Flag(Verbose);
        if (isQuiet && isVerbose)
            reader.Fail("--quiet and --verbose exclude each other");
        bool isJson = reader.Flag(OptionCatalog.Json);
        if (isJson && reader.IsGiven(OptionCatalog.Format))
            reader.Fail("--json and --format exclude each other: --format json is the value alone");
        return new(isJson, isQuiet, isVerbose, reader.Flag(OptionCatalog.NoColor))
        {
            Format = reader.Choice(OptionCatalog.Format) is { } format ? Formats[format] : null,
        };
    }
}
