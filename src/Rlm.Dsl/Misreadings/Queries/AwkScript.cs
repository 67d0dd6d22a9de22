using System.Text;
using System.Text.RegularExpressions;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>The scripts of awk that are a filter and what is printed, summed or counted: <c>/ERROR/ {print $1, $3}</c>, <c>{s += $4} END {print s}</c>.</summary>
internal static class AwkScript
{
    private const string Place = @"\$(?<place>\d+|NF)";

    private static readonly Regex Script = new(
        @"^\s*(?:BEGIN\s*\{\s*FS\s*=\s*""(?<sign>[^""]+)""\s*;?\s*\}\s*)?(?<if>[^{}]*?)\s*(?:\{\s*(?<do>[^{}]*?)[\s;]*\}\s*)?(?:END\s*\{\s*(?<end>.*?)[\s;]*\})?\s*$",
        RegexOptions.CultureInvariant);

    private static readonly Regex Condition = new(
        $@"^(?:(?<not>!?)/(?<pattern>(?:[^/\\]|\\.)+)/|NR\s*>\s*(?<skip>\d+)|{Place}\s*(?<sign>==|!=|>=|<=|>|<|~|!~)\s*(?<value>""[^""\\]*""|-?\d+(?:\.\d+)?|/(?:[^/\\]|\\.)+/))$",
        RegexOptions.CultureInvariant);

    private static readonly Regex Printed = new($@"\G\s*(?:{Place}|(?<row>NR)|""(?<text>[^""]*)""|(?<comma>,))", RegexOptions.CultureInvariant);
    private static readonly Regex Sum = new($@"^(?<of>\w+)\s*\+=\s*{Place}(?:\s*;\s*(?<n>\w+)\s*(?:\+\+|\+=\s*1))?$", RegexOptions.CultureInvariant);
    private static readonly Regex SumByKey = new(@"^(?<of>\w+)\[\$(?<key>\d+|NF)\]\s*\+=\s*\$(?<place>\d+|NF)$", RegexOptions.CultureInvariant);
    private static readonly Regex Count = new($@"^(?<of>\w+)(?:\[{Place}\])?\s*(?:\+\+|\+=\s*1)$", RegexOptions.CultureInvariant);
    private static readonly Regex Greatest = new($@"^if\s*\({Place}\s*(?<sign>[<>])\s*(?<of>\w+)\)\s*\k<of>\s*=\s*\$\k<place>$", RegexOptions.CultureInvariant);
    private static readonly Regex Result = new(@"^print\s+\(?(?<of>\w+)\s*(?:/\s*(?<n>\w+)\s*)?\)?$", RegexOptions.CultureInvariant);
    private static readonly Regex Loop = new(@"^for\s*\(\s*(?<k>\w+)\s+in\s+(?<of>\w+)\s*\)\s*\{?\s*print\b[^{}]*\}?$", RegexOptions.CultureInvariant);

    /// <summary>The stages that are meant; null for any other script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="separator">What stands between fields; empty for blanks.</param>
    public static string? Write(string script, string separator)
    {
        if (Script.Match(script) is not { Success: true, Groups: var parts })
            return null;

        string sign = parts["sign"].Success ? parts["sign"].Value : separator;
        // A separator of several signs is a regular expression.
        if (sign.Length > 1 && sign != "\\t")
            return null;

        var fields = new ShellFields(sign);
        string condition = parts["if"].Value.Trim(), action = parts["do"].Value.Trim();
        if (WriteFilters(condition, fields) is not { } stages)
            return null;

        string? last = parts["end"].Success ? WriteFold(action, parts["end"].Value.Trim(), fields, condition.Length > 0)
            : action is "" or "print" or "print $0" ? stages.Count > 0 ? "" : null
            : action.StartsWith("print ", StringComparison.Ordinal) ? WritePrinted(action.Substring("print ".Length), fields, stages.Count > 0)
            : null;
        return last is null ? null : last.Length == 0 ? string.Join(" | ", stages) : string.Join(" | ", stages.Append(last));
    }

    private static List<string>? WriteFilters(string condition, ShellFields fields)
    {
        var stages = new List<string>();
        foreach (string part in condition.Length == 0 ? [] : Regex.Split(condition, @"\s*&&\s*"))
        {
            if (Condition.Match(part) is not { Success: true, Groups: var groups })
                return null;
            // What is numbered are all lines, whether a filter keeps them or not.
            if (groups["skip"].Success && stages.Count > 0)
                return null;

            string field = groups["place"].Success ? fields.Field(groups["place"].Value) : "", value = groups["value"].Value, sign = groups["sign"].Value;
            bool isPattern = value is ['/', ..];
            if (field.Length > 0 && isPattern != (sign is "~" or "!~"))
                return null;
            stages.Add(groups["pattern"].Success ? $"grep /{groups["pattern"].Value}/{(groups["not"].Length > 0 ? " not" : "")}"
                : groups["skip"].Success ? $"skip {groups["skip"].Value}"
                : isPattern ? $"where {field} {(sign == "~" ? "" : "not ")}matches {value}"
                : $"where {(value[0] == '"' ? field : $"number({field})")} {sign} {value}");
        }

        return stages;
    }

    private static string? WritePrinted(string list, ShellFields fields, bool isFiltered)
    {
        var text = new StringBuilder();
        string? only = null;
        int read = 0, count = 0;
        for (var item = Printed.Match(list); item.Success; item = item.NextMatch())
        {
            read = item.Index + item.Length;
            count++;
            only = item.Groups["place"].Success ? fields.Field(item.Groups["place"].Value) : item.Groups["row"].Success ? "index + 1" : null;
            if (item.Groups["row"].Success && isFiltered)
                return null;
            text.Append(only is not null ? $"{{{(item.Groups["place"].Value is "" or "0" ? only : $"coalesce({only}, \"\")")}}}" : item.Groups["comma"].Success ? " " : item.Groups["text"].Value.Replace("{", "{{"));
        }

        return read == 0 || list.Substring(read).Trim().Length > 0 ? null : count == 1 && only is not null ? $"map {only}" : $"map \"{text}\"";
    }

    /// <summary>A field as awk adds it: what is not a number counts as 0.</summary>
    private static string Number(ShellFields fields, string place) => $"coalesce(number({fields.Field(place)}), 0)";

    private static string? WriteFold(string action, string end, ShellFields fields, bool isFiltered)
    {
        string? grouped = Loop.Match(end) is { Success: true, Groups: var loop } ? loop["of"].Value : null;
        if (grouped is not null)
        {
            return Count.Match(action) is { Success: true, Groups: var counted } && counted["place"].Success && counted["of"].Value == grouped ? $"count by {fields.Field(counted["place"].Value)}"
                : SumByKey.Match(action) is { Success: true, Groups: var sums } && sums["of"].Value == grouped ? $"sum {Number(fields, sums["place"].Value)} by {fields.Field(sums["key"].Value)}"
                : null;
        }

        if (Result.Match(end) is not { Success: true, Groups: var result })
            return null;

        string of = result["of"].Value, divisor = result["n"].Value;
        if (action.Length == 0)
            return of == "NR" && divisor.Length == 0 && !isFiltered ? "count" : null;
        if (Sum.Match(action) is { Success: true, Groups: var sum } && sum["of"].Value == of)
        {
            string value = Number(fields, sum["place"].Value);
            return divisor.Length == 0 ? $"sum {value}"
                : (sum["n"].Success ? divisor == sum["n"].Value : divisor == "NR" && !isFiltered) ? $"average {value}"
                : null;
        }

        if (divisor.Length > 0)
            return null;
        if (Count.Match(action) is { Success: true, Groups: var count } && !count["place"].Success && count["of"].Value == of)
            return "count";
        return Greatest.Match(action) is { Success: true, Groups: var most } && most["of"].Value == of
            ? $"{(most["sign"].Value == ">" ? "max" : "min")} number({fields.Field(most["place"].Value)})" : null;
    }
}
