using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>SQL's windows: <c>r = row_number() over (partition by k order by x desc)</c>, <c>select k, x - lag(x) over (order by t) as d</c>.</summary>
internal static class WindowClause
{
    private const RegexOptions AnyCase = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex Window = new(
        @"\b(?<function>\w+)\s*\((?<of>[^()]*)\)\s*over\s*\(\s*(?:partition\s+by\s+(?<keys>[^()]+?))?\s*(?:order\s+by\s+(?<order>[^()]+?))?\s*\)", AnyCase);

    private static readonly string[] Heads = ["select", "project", "extend", "mutate", "assign", "derive", "with", "set", "eval"];

    private static readonly Regex Named = new(@"^(?:(?<name>\w+)\s*=(?!=)\s*(?<value>.+)|(?<value>.+?)(?:\s+as\s+(?<name>\w+))?)$", AnyCase);
    private static readonly Regex Order = new(@"^(?<key>[^,]+?)(?:\s+(?<direction>asc|desc))?$", AnyCase);

    public static Diagnostic? Tell(FailurePlace at)
    {
        // The place may be in the parentheses of the window.
        var scan = at.Scan.Open == '(' ? StatementScan.Of(at.Text, at.StatementStart, at.Scan.OpenAt) : at.Scan;
        if (scan.Head(at.Text, at.Position) is not var (word, head) || !Heads.Contains(word))
            return null;

        string line = at.LineFrom(head.End), written = Excerpt.Pieces(line, '|')[0].TrimEnd();
        if (!Window.IsMatch(written))
            return null;

        if (Write(written.Trim(), word is "select" or "project") is not { } meant)
            return at.Tell("a window stands behind `per`", "there are `prev(x)`, `next(x)`, `rank(x)`, `running_sum(x)` and folds: `sort by t | extend s = running_sum(x) per k`");

        var span = new SourceSpan(head.Start, head.Length + written.Length);
        return new Diagnostic(DslDiagnostics.Unexpected, at.Span, "the rows of a window are told by `per`, and their order by `sort`", $"write `{meant}`") { Fix = new DiagnosticFix(span, meant) };
    }

    /// <summary>Whether columns hold a window.</summary>
    public static bool IsIn(string columns) => Window.IsMatch(columns);

    /// <summary>The stages that columns with windows mean; null where the windows differ, or one of them is not known here.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="isSelected">Whether only they stay.</param>
    public static string? Write(string columns, bool isSelected)
    {
        var windows = Window.Matches(columns).Cast<Match>().ToList();
        string keys = windows[0].Groups["keys"].Value.Trim(), order = windows[0].Groups["order"].Value.Trim();
        if (windows.Any(window => window.Groups["keys"].Value.Trim() != keys || window.Groups["order"].Value.Trim() != order || WriteCall(window) is null))
            return null;

        var added = new List<string>();
        var names = new List<string>();
        foreach (string column in Excerpt.Pieces(columns, ','))
        {
            var parts = Named.Match(column.Trim()).Groups;
            bool isWindow = Window.IsMatch(column);
            string name = parts["name"].Success ? parts["name"].Value : isWindow ? Window.Match(column).Groups["function"].Value.ToLowerInvariant() : column.Trim();
            if (isWindow || !isSelected)
                added.Add($"{name} = {Window.Replace(parts["value"].Value, window => WriteCall(window)!)}");
            names.Add(isWindow ? name : column.Trim());
        }

        // What stands beside a window in one `extend` would be of the groups as well.
        if (!isSelected && keys.Length > 0 && added.Count > windows.Count)
            return null;

        bool needsOrder = order.Length > 0 && windows.Any(window => !window.Groups["function"].Value.Equals("rank", StringComparison.OrdinalIgnoreCase));
        return $"{(needsOrder ? $"sort by {order} | " : "")}extend {string.Join(", ", added)}{(keys.Length > 0 ? $" per {keys}" : "")}{(isSelected ? $" | select {string.Join(", ", names)}" : "")}";
    }

    private static string? WriteCall(Match window)
    {
        string order = window.Groups["order"].Value.Trim(), of = window.Groups["of"].Value.Trim(), function = window.Groups["function"].Value.ToLowerInvariant();
        return function switch
        {
            "row_number" => "running_sum(1)",
            "rank" when Order.Match(order) is { Success: true, Groups: var key } && of.Length == 0 =>
                $"rank({key["key"].Value}{(key["direction"].Value.StartsWith("d", StringComparison.OrdinalIgnoreCase) ? "" : ", \"asc\"")})",
            "lag" or "lead" when of.Length > 0 => $"{(of.Count(c => c == ',') > 1 ? function : function == "lag" ? "prev" : "next")}({of})",
            "count" or "sum" or "avg" or "min" or "max" when order.Length == 0 => $"{FunctionSynonyms.Canonical(function) ?? function}({of.Trim('*')})",
            _ => null,
        };
    }
}
