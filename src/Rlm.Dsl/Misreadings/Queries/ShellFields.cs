using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>Fields of a line as <c>cut</c> and <c>awk</c> take them: a shell counts them from 1.</summary>
/// <param name="Separator">What stands between them; empty for blanks.</param>
internal sealed record ShellFields(string Separator)
{
    private const int MostFields = 20;
    private const string Sign = @"(?:""(?<sign>[^""]+)""|'(?<sign>[^']+)'|(?<sign>\S))";

    private static readonly Regex Cut = new(
        $@"^(?:-d\s*{Sign}\s+)?-(?<kind>[fc])\s*(?<places>\d+(?:-\d*)?(?:,\d+(?:-\d*)?)*)(?:\s+-d\s*{Sign})?$", RegexOptions.CultureInvariant);

    private static readonly Regex SourceBefore = new(@"^(?:let\s+\w+\s*=\s*|answer\s+)?(?<name>\w+)\s*\|\s*\w*\s*$", RegexOptions.CultureInvariant);

    private static readonly Regex AwkSeparator = new($@"^-F\s*{Sign}\s+", RegexOptions.CultureInvariant);

    /// <summary>A field by its place: <c>$2</c> is 2, <c>$NF</c> the last one.</summary>
    public string Field(string place) => place switch
    {
        "0" => "it",
        "NF" => $"{Split}[-1]",
        _ => Invariant($"{Split}[{int.Parse(place, CultureInfo.InvariantCulture) - 1}]"),
    };

    private string Split => $"split(it{(Separator.Length == 0 ? "" : $", \"{Separator}\"")})";

    public static Diagnostic? TellCut(FailurePlace at) =>
        Cut.Match(at.RestOfStage) is { Success: true } cut && WriteCut(cut) is { } stage
            ? at.MendStage("a field of a text is a part of its `split`", OfLines(at, stage)) : null;

    public static Diagnostic? TellAwk(FailurePlace at)
    {
        if (at.Head is not var (_, head))
            return null;

        string written = at.Rest;
        var separator = AwkSeparator.Match(written);
        int open = separator.Length, close = open < written.Length && written[open] is '\'' or '"' ? written.IndexOf(written[open], open + 1) : -1;
        string sign = separator.Groups["sign"].Value;
        if (close < 0 || (written.Substring(close + 1).TrimStart() is { Length: > 0 } behind && behind[0] is not ('|' or ')'))
            || AwkScript.Write(written.Substring(open + 1, close - open - 1), sign == " " ? "" : sign) is not { } stages)
            return null;

        string meant = OfLines(at, stages);
        var span = SourceSpan.Between(head.Start, at.Position + close + 1);
        return new Diagnostic(DslDiagnostics.Unexpected, span, "a field of a text is a part of its `split`", $"write {Excerpt.Quote(meant)}") { Fix = new DiagnosticFix(span, meant) };
    }

    /// <summary>Right behind a pipeline's source each of its lines is meant.</summary>
    private static string OfLines(FailurePlace at, string stage) =>
        SourceBefore.Match(at.StatementBefore) is { Success: true, Groups: var source } && OperatorForms.Of(source["name"].Value).Count == 0
        && !GrepPattern.IsNamed(at.Text, source["name"].Value)
            ? $"lines | {stage}" : stage;

    private static string? WriteCut(Match cut)
    {
        string sign = cut.Groups["sign"].Success ? cut.Groups["sign"].Value : "\\t";
        string[] places = cut.Groups["places"].Value.Split(',');
        if (cut.Groups["kind"].Value == "c")
            return places is [var range] ? Part(range, (from, to) => Invariant($"map slice(it, {from - 1}{(to is null ? "" : $", {to}")})")) : null;

        var fields = new ShellFields(sign);
        if (places is [[.. var start, '-']])
            return Invariant($"map join({fields.Split}[{int.Parse(start, CultureInfo.InvariantCulture) - 1}:], \"{sign}\")");

        var all = places.SelectMany(place => Part(place, (from, to) => to is { } end && end - from < MostFields ? Enumerable.Range(from, end - from + 1) : null) ?? [0]).Distinct().OrderBy(place => place).ToList();
        return all.Contains(0) || all.Count > MostFields ? null
            : all is [var only] ? $"map {fields.Field(Invariant($"{only}"))}"
            : $"map \"{string.Join(sign, all.Select(place => $"{{{fields.Field(Invariant($"{place}"))}}}"))}\"";
    }

    /// <summary>What is made of <c>2</c>, <c>2-4</c> or <c>2-</c>, whose end is open; null where the places are none.</summary>
    private static T? Part<T>(string range, Func<int, int?, T?> make)
        where T : class
    {
        string[] ends = range.Split('-');
        return !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int from) || from < 1 ? null
            : ends.Length == 1 ? make(from, from)
            : ends[1].Length == 0 ? make(from, null)
            : int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int to) && to >= from ? make(from, to)
            : null;
    }
}
