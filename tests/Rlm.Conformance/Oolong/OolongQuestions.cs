namespace Rlm.Conformance.Oolong;

/// <summary>OOLONG's kinds of question over a text: labels, users, dates, alone and together.</summary>
internal sealed class OolongQuestions(OolongText text)
{
    private const string Rows = """let rows = context | extract "Date: {date} || User: {user} || Instance: {text}" as {date: date}""";
    private const int Pack = 50;

    private static readonly string Ask =
        $$"""extend label = llm "Which kind of answer does the question want? {text}" as one of [{{string.Join(", ", OolongText.Labels.Select(label => $"\"{label}\""))}}] pack {{Pack}}""";

    public static int MostCalls(Question question) => (question.AskedRows + Pack - 1) / Pack;

    public IEnumerable<Question> All => [.. OfLabels(), .. OfUsers(), .. OfDates()];

    private IEnumerable<Question> OfLabels()
    {
        var counts = CountsOf(text.Rows);
        yield return Labelled("most common label", "answer labelled | count by label | top 1 by count | get label | first", counts.MaxBy(label => label.Count).Label);
        yield return Labelled("least common label", "answer labelled | count by label | sort by count | first | get label", counts.MinBy(label => label.Count).Label);
        yield return Labelled("how many of a label", "answer labelled | count label == \"human\"", $"{CountOf("human")}");
        yield return Labelled(
            "one label against another",
            """
            let n = labelled | aggregate a = count(label == "location"), b = count(label == "number")
            answer if n.a > n.b then "more common" else if n.a < n.b then "less common" else "same frequency"
            """,
            Compared(CountOf("location"), CountOf("number")));
    }

    private IEnumerable<Question> OfUsers()
    {
        var users = text.Rows.GroupBy(row => row.User).Select(group => (User: group.Key, Count: group.Count())).OrderByDescending(user => user.Count).ToList();
        yield return new("user with the most rows", $"{Rows}\nanswer rows | count by user | top 1 by count with ties | get user | sort | join \", \"",
            string.Join(", ", users.Where(user => user.Count == users[0].Count).Select(user => user.User).Order(StringComparer.Ordinal)));
        yield return new("how many users", $"{Rows}\nanswer rows | distinct by user | count", $"{users.Count}");

        string[] few = [.. users.Take(3).Select(user => user.User)];
        string list = string.Join(", ", few.Select(user => $"\"{user}\""));
        yield return Labelled("how many of a label by some users", "answer labelled | count label == \"entity\"", $"{text.Rows.Count(row => few.Contains(row.User) && row.Label == "entity")}",
            $"user in [{list}]", row => few.Contains(row.User));
        yield return Labelled("most common label of a user", "answer labelled | count by label | top 1 by count with ties | get label | sort | join \", \"",
            string.Join(", ", Most(text.Rows.Where(row => row.User == few[0]))), $"user == \"{few[0]}\"", row => row.User == few[0]);
        yield return Labelled("user with the most of a label", "answer labelled | where label == \"location\" | count by user | top 1 by count with ties | get user | sort | join \", \"",
            string.Join(", ", MostOf(text.Rows.Where(row => row.Label == "location").GroupBy(row => row.User).Select(group => (group.Key, group.Count())))));
    }

    private IEnumerable<Question> OfDates()
    {
        foreach (int times in (int[])[1, 2, 3])
        {
            yield return new($"dates {times} times", $"{Rows}\nanswer rows | count by date | count count == {times}", $"{text.Rows.GroupBy(row => row.Date).Count(day => day.Count() == times)}");
        }

        yield return Labelled("most common label of a month", "answer labelled | count by label | top 1 by count with ties | get label | sort | join \", \"",
            string.Join(", ", Most(text.Rows.Where(row => row.Date is { Year: 2023, Month: 5 }))), "year(date) == 2023 and month(date) == 5", row => row.Date is { Year: 2023, Month: 5 });
        yield return Labelled("month with the most of a label", "answer labelled | where label == \"entity\" | count by month = format(date, \"MMMM yyyy\") | top 1 by count with ties | get month | sort | join \", \"",
            string.Join(", ", MostOf(text.Rows.Where(row => row.Label == "entity").GroupBy(row => row.Date.ToString("MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)).Select(month => (month.Key, month.Count())))));

        var (from, to) = (new DateOnly(2023, 3, 10), new DateOnly(2024, 2, 20));
        yield return Labelled("how many of a label in a range", "answer labelled | count label == \"number\"", $"{text.Rows.Count(row => row.Date >= from && row.Date <= to && row.Label == "number")}",
            "date >= date(\"2023-03-10\") and date <= date(\"2024-02-20\")", row => row.Date >= from && row.Date <= to);
        var split = new DateOnly(2024, 1, 1);
        yield return Labelled(
            "before against after a date",
            """
            let n = labelled | aggregate before = count(label == "description" and date < date("2024-01-01")), after = count(label == "description" and date >= date("2024-01-01"))
            answer if n.before > n.after then "more common" else if n.before < n.after then "less common" else "same frequency"
            """,
            Compared(text.Rows.Count(row => row.Label == "description" && row.Date < split), text.Rows.Count(row => row.Label == "description" && row.Date >= split)));
    }

    /// <summary>A question about labels, of the rows for which the condition holds.</summary>
    private Question Labelled(string name, string answer, string expected, string? condition = null, Func<LabelledRow, bool>? holds = null) => new(
        name,
        $"{Rows}\nlet labelled = rows{(condition is null ? "" : $" | where {condition}")} | {Ask}\n{answer}",
        expected,
        text.Rows.Where(holds ?? (_ => true)).DistinctBy(row => row.Text).Count());

    private int CountOf(string label) => text.Rows.Count(row => row.Label == label);

    private static List<(string Label, int Count)> CountsOf(IEnumerable<LabelledRow> rows) =>
        [.. OolongText.Labels.Select(label => (label, rows.Count(row => row.Label == label)))];

    private static IEnumerable<string> Most(IEnumerable<LabelledRow> rows) => MostOf(CountsOf(rows));

    private static IEnumerable<string> MostOf(IEnumerable<(string Key, int Count)> counts)
    {
        var all = counts.ToList();
        int most = all.Max(one => one.Count);
        return all.Where(one => one.Count == most).Select(one => one.Key).Order(StringComparer.Ordinal);
    }

    private static string Compared(int one, int other) => one > other ? "more common" : one < other ? "less common" : "same frequency";
}
