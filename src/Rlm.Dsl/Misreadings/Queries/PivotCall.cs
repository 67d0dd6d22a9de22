using System.Text.RegularExpressions;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>The pivots of pandas: <c>pivot_table(index="k", columns="j", values="x", aggfunc="sum")</c>.</summary>
internal static class PivotCall
{
    private static readonly Regex Call = new(@"\b(?<name>pivot|pivot_table)\s*\((?<options>[^()|]*)\)", RegexOptions.CultureInvariant);

    private static readonly Regex Option = new(
        @"\b(?<name>index|columns|values|aggfunc)\s*=\s*(?:\[\s*)?(?<value>[""'][^""'\]]*[""'](?:\s*,\s*[""'][^""'\]]*[""'])*|\w+)", RegexOptions.CultureInvariant);

    public static Diagnostic? Tell(FailurePlace at)
    {
        if (!at.IsShort || Call.Match(at.LineFrom(at.LineStart)) is not { Success: true } call || !Holds(call, at.Position - at.LineStart))
            return null;

        var options = Option.Matches(call.Groups["options"].Value).Cast<Match>()
            .GroupBy(option => option.Groups["name"].Value).ToDictionary(option => option.Key, option => option.First().Groups["value"].Value);
        if (!options.TryGetValue("index", out string? index) || !options.TryGetValue("columns", out string? columns) || columns.Contains(','))
            return null;

        string keys = NamesOf(index), field = NamesOf(columns);
        string? values = options.TryGetValue("values", out string? value) ? NamesOf(value) : null;
        string fold = options.TryGetValue("aggfunc", out string? function) ? function.Trim('"', '\'') : call.Groups["name"].Value == "pivot" ? "" : "average";
        string rows = fold is "count" or "size" || values is null ? $"count by {keys}, {field}"
            : fold.Length == 0 ? $"select {keys}, {field}, {values}"
            : $"{(fold == "mean" ? "average" : fold)} {values} by {keys}, {field}";
        string meant = $"{rows} | pivot {field} by {keys}";
        return new Diagnostic(DslDiagnostics.Unexpected, new SourceSpan(at.LineStart + call.Index, call.Length), "`pivot` takes rows with one field beside the keys", $"write `{meant}`")
        {
            Fix = new DiagnosticFix(new SourceSpan(at.LineStart + call.Index, call.Length), meant),
        };
    }

    private static bool Holds(Match call, int position) => position >= call.Index && position <= call.Index + call.Length;

    private static string NamesOf(string value) => string.Join(", ", Excerpt.Quoted.Matches(value).Cast<Match>().Select(name => name.Value.Trim('"', '\''))
        .DefaultIfEmpty(value).Select(Names.Write));
}
