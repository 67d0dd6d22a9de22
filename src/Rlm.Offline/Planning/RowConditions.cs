using System.Text.RegularExpressions;
using Rlm.Offline.Reading;

namespace Rlm.Offline.Planning;

/// <summary>What a question demands of rows: values of columns, and terms that must occur.</summary>
internal sealed record RowConditions(IReadOnlyList<Field> Fields, string Condition, IReadOnlyList<string> Terms, bool IsAny, bool IsNone)
{
    private static readonly HashSet<string> Measures =
    [
        .. ("common frequent often popular active day month week hour year quarter rarest fewest took take revenue earliest latest oldest newest recent slow slowest "
            + "fastest fast longest shortest largest smallest biggest cheapest expensive spent spend sent send wrote writ received receive there fraction proportion overall time").Split(' ').Select(Stemmer.Stem),
    ];

    /// <summary>Stems that only name the rows where rows have columns.</summary>
    private static readonly string[] RowNouns =
    [
        .. ("request remark review order sale event call comment post ticket row visit transaction purchase person people make made place placed speak spoke sell sold sale best "
            + "selling buy bought euro euros dollar dollars pound pounds crown crowns").Split(' ').Select(Stemmer.Stem),
    ];

    /// <summary>Whether a word that only names rows names some of them where they are of several kinds.</summary>
    public static bool NamesAKind(Word word) => RowNouns.Contains(word.Stem)
        && word.Text.ToLowerInvariant() is not ("row" or "rows" or "event" or "events" or "person" or "people" or "made" or "make");

    private static readonly string[] DocumentNouns =
        [.. "contract agreement paper letter report article chapter treaty deed policy".Split(' ').Select(Stemmer.Stem)];

    private static readonly string[] Levels = ["ERROR", "FATAL", "WARN", "INFO", "DEBUG"];

    public string Where => Condition.Length == 0 ? "" : $" | where {Condition}";

    public string Grep => IsAny ? $" | grep /{string.Join('|', Terms)}/i" : string.Concat(Terms.Select(static t => $" | grep /{t}/i"));

    public string Matching =>
        $" | where {(IsNone ? "not (" : "")}{string.Join(IsAny ? " or " : " and ", Terms.Select(static t => $"it matches /{t}/i"))}{(IsNone ? ")" : "")}";

    public static RowConditions Find(Question question, RowShape shape, LabelRequest? labels, bool areDocuments)
    {
        List<Field> fields = [];
        List<string> conditions = [];
        HashSet<string> used = new(Measures, StringComparer.Ordinal);
        foreach (Field field in shape.Fields)
        {
            if (Of(question, field, shape, used) is not { } condition)
                continue;
            fields.Add(field);
            conditions.Add(condition);
        }

        used.UnionWith(question.Words.Where(w => shape.Fields.Any(f => FieldFinder.Names(f, w))).Select(static w => w.Stem));
        if (shape.Fields.Count > 0)
            used.UnionWith(RowNouns);
        if (areDocuments)
            used.UnionWith(DocumentNouns);
        used.UnionWith(labels?.Labels ?? []);
        bool isNone = areDocuments && question.Has(@"\b(no|not|without|lacks?)\b");
        List<string> terms = labels is not null ? []
            : areDocuments && !isNone ? [.. question.FindBound(used), .. question.Terms(question.FindBoundStems(used))]
            : question.Terms(used);
        return new RowConditions(fields, string.Join(" and ", conditions), terms, terms.Count > 1 && question.Has(@"\bor\b"), isNone);
    }

    private static string? Of(Question question, Field field, RowShape shape, HashSet<string> used)
    {
        if (field.Type == "date")
            return Date(question, field, used);
        if (field is { Name: "status", Type: "number" } && shape.Find("level") is null
            && question.Match(@"\b(fail\w*|errors?|problems?)\b") is { Success: true } failed)
        {
            used.Add(Stemmer.Stem(failed.Value));
            return "status >= 400";
        }

        // "Fatal errors" are those of the level that is named first.
        IEnumerable<string> values = field.Name == "level"
            ? field.Values.Concat(Levels).OrderBy(l => question.Lower.IndexOf(l.ToLowerInvariant(), StringComparison.Ordinal))
            : field.Values;
        foreach (string value in values.Distinct(StringComparer.Ordinal))
        {
            string lower = value.ToLowerInvariant();
            if (value.Length is < 2 or > 40 || WordLists.Stop.Contains(lower) || lower == field.Name
                || value.Contains(' ', StringComparison.Ordinal) && field.Name == "text")
                continue;
            if (!question.Has($@"(?<![\w.-]){Regex.Escape(lower)}{(field.Name == "level" ? "(s|ings?)?" : "")}(?![\w-])"))
                continue;

            used.UnionWith(WordReader.Read(value).Select(static w => w.Stem));
            used.UnionWith([value, lower, lower + "s", lower + "ing"]);
            if (field.Name == "level")
                used.Add("error");
            bool isNegated = question.Has(
                $@"\b(not|except|excluding|without|other than|besides)\b[^,]{{0,24}}(?<![\w.-]){Regex.Escape(lower)}(?![\w-])|n't\b[^,]{{0,24}}(?<![\w.-]){Regex.Escape(lower)}(?![\w-])");
            return $"{field.Name} {(isNegated ? "!=" : "==")} {Literal(field, value)}";
        }

        if (question.Match($@"\b{Regex.Escape(field.Name.ToLowerInvariant())}(?: id| is| number|=| )* ?(\d+)\b") is { Success: true } id)
        {
            used.Add(id.Groups[1].Value);
            return $"{field.Name} == {id.Groups[1].Value}";
        }

        if (field.Type == "number" && field == FieldFinder.FindNumber(question, shape)
            && question.Match(
                @"\b(more than|over|above|greater than|longer than|higher than|at least|less than|under|below|shorter than) (\d[\d,]*)\s?(s\b|seconds?\b)?(?:ms)?") is { Success: true } limit)
        {
            used.UnionWith(["long", "longer", "higher", "high", "greater", "great", "above", limit.Groups[2].Value,
                limit.Groups[2].Value + "ms", "ms", "second"]);
            string sign =
                limit.Groups[1].Value switch { "at least" => ">=", "less than" or "under" or "below" or "shorter than" => "<", _ => ">" };
            bool seconds = limit.Groups[3].Success && field.Name is "took" or "ms" && limit.Groups[3].Success;
            return $"{field.Name} {sign} {limit.Groups[2].Value.Replace(",", "", StringComparison.Ordinal)}{(seconds ? "000" : "")}";
        }

        return null;
    }

    private static string? Date(Question question, Field field, HashSet<string> used)
    {
        if (question.Match(@"\b(before|after|since|until|on)?\s*(\d{4}-\d\d-\d\d)\b") is { Success: true } day)
        {
            used.UnionWith(day.Groups[2].Value.Split('-'));
            string sign = day.Groups[1].Value switch { "before" => "<", "after" => ">", "since" => ">=", "until" => "<=", _ => "==" };
            return $"{field.Name} {sign} \"{day.Groups[2].Value}\"";
        }

        List<string> parts = [];
        foreach (Word word in question.Words)
        {
            int month = WordLists.Month(word.Text);
            bool year = word.Length == 4 && word.IsNumber && word.Text[0] is '1' or '2' && word.Length == 4 && word.IsNumber;
            if (month == 0 && !year)
                continue;
            used.Add(word.Stem);
            parts.Add(month > 0 ? Invariant($"month({field.Name}) == {month}") : $"year({field.Name}) == {word.Text}");
        }

        return parts.Count == 0 ? null : string.Join(" and ", parts);
    }

    private static string Literal(Field field, string value) => field.Type == "number" ? value : ProgramText.Quote(value);
}
