using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>Loops that do one thing: <c>for x in xs: print(x.n)</c>, <c>total += x.n</c> and <c>ys.append(x.n)</c>, all of them or those of a condition.</summary>
internal static class Loop
{
    private static readonly Regex Whole = new(
        @"^for\s+(?<name>\w+)\s+in\s+(?<list>[^\n:]+?)\s*:\s*(?:if\s+(?<condition>[^\n:]+?)\s*:\s*)?"
        + @"(?:print\((?<shown>[^\n]+)\)|(?<sum>\w+)\s*\+=\s*(?<added>[^\n]+?)|(?<made>\w+)\.append\((?<item>[^\n]+)\))\s*$", RegexOptions.CultureInvariant);

    private static readonly Regex PlainText = new(@"^""(?<text>[^""\\]*)""$|^'(?<text>[^'\\]*)'$", RegexOptions.CultureInvariant);

    private static readonly Regex Option = new(@"^\w+\s*=(?!=)", RegexOptions.CultureInvariant);
    private static readonly Regex Value = new(@"^[A-Za-z_][\w.]*(?:\[[^\[\]""]*\]|\([^()""]*\))*$", RegexOptions.CultureInvariant);

    public static Diagnostic? Tell(FailurePlace at)
    {
        if (at.FirstWord != "for")
            return null;

        int end = Layout.SkipToNextStatement(at.Text, at.StatementStart, Layout.CommonIndentation(at.Text));
        string written = at.Text.Substring(at.StatementStart, end - at.StatementStart).TrimEnd();
        if (written.Length > 500 || Whole.Match(written) is not { Success: true, Groups: var loop })
            return null;

        string name = loop["name"].Value, list = loop["list"].Value is "context" ? "context | lines" : loop["list"].Value, sum = loop["sum"].Value, made = loop["made"].Value;
        string? shown = loop["shown"].Success ? WriteShown(loop["shown"].Value) : null;
        if (loop["shown"].Success && shown is null)
            return null;

        string rows = loop["condition"].Success ? $"{list} | where {name} => {loop["condition"].Value}" : list;
        string meant = shown is not null ? $"{rows} | map {name} => {shown}"
            : made.Length > 0 ? $"let {made} = {rows} | map {name} => {loop["item"].Value}"
            : loop["added"].Value == "1" ? $"let {sum} = {rows} | count" : $"let {sum} = {rows} | sum {name} => {loop["added"].Value}";

        // What is added to has to begin with nothing.
        string before = at.Text.Substring(0, at.StatementStart);
        bool isFresh = shown is not null || Regex.IsMatch(before, $@"(?m)^\s*(?:let\s+)?(?:{(made.Length > 0 ? made + @")\s*=\s*\[\s*\]" : sum + @")\s*=\s*0")}\s*$", RegexOptions.CultureInvariant);
        return at.TellOpening("for".Length, "there are no loops; `map` runs over a list", isFresh ? $"write `{meant}`" : $"of all at once, beginning with nothing, it is `{meant}`") with
        {
            Fix = isFresh ? new DiagnosticFix(new SourceSpan(at.StatementStart, written.Length), meant) : null,
        };
    }

    /// <summary>What Python prints of several values: they stand beside each other.</summary>
    private static string? WriteShown(string shown)
    {
        var pieces = Excerpt.Pieces(shown, ',');
        var values = pieces.Select(value => value.Trim()).ToList();
        if (string.Join(",", pieces) != shown || values.Any(value => value.Length == 0 || Option.IsMatch(value)))
            return null;
        if (values.Count == 1)
            return shown;

        return values.All(value => Value.IsMatch(value) || PlainText.IsMatch(value))
            ? $"\"{string.Join(" ", values.Select(value => PlainText.Match(value) is { Success: true, Groups: var text } ? text["text"].Value.Replace("{", "{{") : $"{{{value}}}"))}\"" : null;
    }
}
