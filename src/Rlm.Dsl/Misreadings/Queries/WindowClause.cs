using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>SQL's windows: <c>r = row_number() over (partition by k order by x desc)</c>, <c>p = lag(x) over (order by t)</c>.</summary>
internal static class WindowClause
{
    private static readonly Regex Window = new(
        @"^over\s*\(\s*(?:partition\s+by\s+(?<keys>[^()]+?))?\s*(?:order\s+by\s+(?<order>[^()]+?))?\s*\)(?=\s*(?:\||$))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Column = new(@"^(?<name>\w+)\s*=\s*(?<function>\w+)\s*\((?<of>[^()]*)\)$", RegexOptions.CultureInvariant);
    private static readonly Regex Order = new(@"^(?<key>[^,]+?)(?:\s+(?<direction>asc|desc))?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static Diagnostic? Tell(FailurePlace at)
    {
        if (at.Head is not var (_, head) || Window.Match(at.Rest) is not { Success: true, Groups: var window } clause || Column.Match(at.Before) is not { Success: true, Groups: var column })
            return null;

        string order = window["order"].Value.Trim(), of = column["of"].Value.Trim(), function = column["function"].Value.ToLowerInvariant();
        string sorted = order.Length > 0 ? $"sort by {order} | " : "", keys = window["keys"].Success ? $" per {window["keys"].Value.Trim()}" : "";
        string? meant = function switch
        {
            "row_number" => $"{sorted}extend {column["name"].Value} = running_sum(1){keys}",
            "rank" when Order.Match(order) is { Success: true, Groups: var key } && of.Length == 0 =>
                $"extend {column["name"].Value} = rank({key["key"].Value}{(key["direction"].Value.StartsWith("d", StringComparison.OrdinalIgnoreCase) ? "" : ", \"asc\"")}){keys}",
            "lag" or "lead" when of.Length > 0 => $"{sorted}extend {column["name"].Value} = {(function == "lag" ? "prev" : "next")}({of}){keys}",
            "count" or "sum" or "avg" or "min" or "max" when order.Length == 0 =>
                $"extend {column["name"].Value} = {FunctionSynonyms.Canonical(function) ?? function}({of.Trim('*')}){keys}",
            _ => null,
        };
        if (meant is null)
            return at.Tell("a window stands behind `per`", "there are `prev(x)`, `next(x)`, `rank(x)`, `running_sum(x)` and folds: `sort by t | extend s = running_sum(x) per k`");

        var span = SourceSpan.Between(head.Start, at.Position + clause.Length);
        return new Diagnostic(DslDiagnostics.Unexpected, at.Span, "the rows of a window are told by `per`, and their order by `sort`", $"write `{meant}`") { Fix = new DiagnosticFix(span, meant) };
    }
}
