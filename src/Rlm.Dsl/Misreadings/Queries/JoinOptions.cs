using System.Text.RegularExpressions;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>A join with the options of pandas or dplyr, without parentheses: <c>merge b on='k' how='left'</c>, <c>left_join b by k</c>.</summary>
internal static class JoinOptions
{
    private static readonly Regex Join = new(
        @"\G\s*(?<rows>\w+|\([^()]*\))\s*,?\s*(?<options>(?:(?:on|by|using|how|left_on|right_on)\s*=?\s*(?:'[^']*'|""[^""]*""|\[[^\[\]]*\]|\([^()]*\)|\w+(?:\s*,\s*\w+(?!\s*=))*)\s*,?\s*)+)(?=$|[|)])",
        RegexOptions.CultureInvariant);

    private static readonly Regex Option = new(@"\G\s*(?<name>\w+?)\s*=?\s*(?<value>'[^']*'|""[^""]*""|\[[^\[\]]*\]|\([^()]*\)|(?<==|\s)\w+(?:\s*,\s*\w+(?!\s*=))*)\s*,?", RegexOptions.CultureInvariant);

    private static readonly Regex Field = new(@"[^\s,'""\[\]()]+", RegexOptions.CultureInvariant);

    public static Diagnostic? Tell(FailurePlace at)
    {
        if (at.Head is not var (word, head) || Join.Match(at.LineFrom(head.End)) is not { Success: true } join)
            return null;

        string? on = null, left = null, right = null, how = word == "left_join" ? "left" : "inner";
        string options = join.Groups["options"].Value;
        for (var option = Option.Match(options); option.Success; option = option.NextMatch())
        {
            string value = string.Join(", ", Field.Matches(option.Groups["value"].Value).Cast<Match>().Select(field => field.Value));
            switch (option.Groups["name"].Value)
            {
                case "on" or "by" or "using":
                    on = value;
                    break;
                case "how":
                    how = value;
                    break;
                case "left_on":
                    left = value;
                    break;
                case "right_on":
                    right = value;
                    break;
            }
        }

        string rows = join.Groups["rows"].Value;
        bool isOnBoth = left is not null && right is not null && !left.Contains(',') && !right.Contains(',');
        if (how is not ("inner" or "left") || (on is null) != isOnBoth)
            return null;

        string meant = $"{(how == "left" ? "left join" : "join")} {(isOnBoth && left != right ? $"({Excerpt.WithoutParentheses(rows)} | extend {left} = {right})" : rows)} on {on ?? left}";
        var span = new SourceSpan(head.Start, head.Length + join.Value.TrimEnd().Length);
        return new Diagnostic(DslDiagnostics.Unexpected, span, "rows are joined `on` a field", $"write `{meant}`") { Fix = new DiagnosticFix(span, meant) };
    }
}
