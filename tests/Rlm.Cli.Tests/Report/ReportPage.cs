using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Cli.Tests.Report;

/// <summary>A page that was written, read as a browser reads its data.</summary>
internal sealed partial record ReportPage(string Text, JsonElement Data, IReadOnlyList<JsonElement> Calls)
{
    public IReadOnlyList<JsonElement> Runs => [.. Data.GetProperty("runs").EnumerateArray()];

    public static ReportPage Read(string path)
    {
        string text = File.ReadAllText(path);
        return new(
            text, JsonDocument.Parse(Element.Matches(text).Single(element => element.Groups["attribute"].Value == "id=\"data\"").Groups["json"].Value).RootElement,
            [.. Element.Matches(text).Where(element => element.Groups["attribute"].Value == "data-calls")
                .SelectMany(element => JsonDocument.Parse(element.Groups["json"].Value).RootElement.EnumerateArray())]);
    }

    /// <summary>The names of the figures and what they are.</summary>
    public Dictionary<string, string> FiguresOf(int run) =>
        Runs[run].GetProperty("figures").EnumerateArray().ToDictionary(figure => figure[0].GetString()!, figure => figure[1].GetString()!);

    // As HTML reads it: up to the first end tag, whatever stands between.
    [GeneratedRegex("<script type=\"application/json\" (?<attribute>[^>]*)>(?<json>[\\s\\S]*?)</script>")]
    private static partial Regex Element { get; }
}
