using System.Globalization;

namespace Rlm.Conformance.Oolong;

/// <summary>The twenty predicates of OOLONG-Pairs: which two users have rows so labelled, ten for both alike and ten for one and the other.</summary>
internal sealed class PairQuestions(OolongText text)
{
    private const int Pack = 50;

    private static readonly DateOnly Split = new(2023, 7, 1);

    /// <summary>A condition on a user's counts: as a program writes it of <c>{0}</c>, and as it is.</summary>
    private sealed record Side(string Written, Func<UserCounts, bool> Holds)
    {
        public static Side Either(string first, string second) => new($"({{0}}.{first} > 0 or {{0}}.{second} > 0)", user => user.Of(first) > 0 || user.Of(second) > 0);

        public static Side AtLeast(int least, string label) => new($"{{0}}.{label} >= {least}", user => user.Of(label) >= least);

        public static Side Exactly(int count, string label) => new($"{{0}}.{label} == {count}", user => user.Of(label) == count);

        public Side And(Side other) => new($"{Written} and {other.Written}", user => Holds(user) && other.Holds(user));

        public Side WithAllBefore(string label) => new($"{Written} and {{0}}.{label} == {{0}}.{label}_before", user => Holds(user) && user.Of(label) == user.Before(label));

        public Side WithAllAfter(string label) => new($"{Written} and {{0}}.{label}_before == 0", user => Holds(user) && user.Before(label) == 0);

        public string Of(string user) => string.Format(CultureInfo.InvariantCulture, Written, user);
    }

    private sealed record UserCounts(string User, ILookup<string, LabelledRow> Rows)
    {
        public int Of(string label) => Rows[label].Count();

        public int Before(string label) => Rows[label].Count(row => row.Date < Split);
    }

    private static readonly Side[] Alike =
    [
        Side.Either("number", "location"), Side.Either("entity", "human"), Side.Either("description", "abbreviation"),
        Side.Either("human", "location").WithAllAfter("human"), Side.Either("entity", "number").WithAllBefore("entity"), Side.Either("location", "abbreviation"),
        Side.Either("description", "number").WithAllAfter("number"), Side.Either("human", "description").WithAllBefore("human"),
        Side.Either("entity", "location").WithAllAfter("location"), Side.Either("number", "abbreviation").WithAllBefore("abbreviation"),
    ];

    private static readonly (Side One, Side Other)[] Different =
    [
        (Side.AtLeast(1, "entity").And(Side.AtLeast(1, "abbreviation")), Side.Exactly(1, "entity")),
        (Side.AtLeast(2, "number"), Side.AtLeast(1, "location").And(Side.AtLeast(1, "human"))),
        (Side.Exactly(1, "description"), Side.AtLeast(1, "abbreviation").And(Side.AtLeast(1, "entity"))),
        (Side.AtLeast(1, "human").And(Side.AtLeast(1, "number")), Side.Exactly(2, "location")),
        (Side.AtLeast(1, "entity").And(Side.AtLeast(1, "location")).And(Side.AtLeast(1, "abbreviation")), Side.Exactly(1, "number")),
        (Side.AtLeast(1, "description").And(Side.AtLeast(1, "human")), Side.AtLeast(2, "entity").And(Side.Exactly(1, "abbreviation"))),
        (Side.Exactly(1, "number"), Side.AtLeast(1, "location").And(Side.AtLeast(1, "description"))),
        (Side.AtLeast(1, "abbreviation").And(Side.Exactly(1, "human")), Side.AtLeast(1, "entity").And(Side.AtLeast(1, "number"))),
        (Side.AtLeast(2, "location").And(Side.AtLeast(1, "entity")), Side.Exactly(1, "description").And(Side.Exactly(1, "abbreviation"))),
        (Side.AtLeast(3, "number"), Side.AtLeast(1, "human").And(Side.AtLeast(1, "location")).And(Side.Exactly(0, "abbreviation"))),
    ];

    public IEnumerable<Question> All
    {
        get
        {
            var users = text.Rows.GroupBy(row => row.User).Select(group => new UserCounts(group.Key, group.ToLookup(row => row.Label)))
                .OrderBy(user => int.Parse(user.User, CultureInfo.InvariantCulture)).ToList();
            for (int i = 0; i < Alike.Length; i++)
            {
                var side = Alike[i];
                yield return Of($"pairs {i + 1}", users, $"{side.Of("a")} and {side.Of("b")}", (a, b) => side.Holds(a) && side.Holds(b));
            }

            for (int i = 0; i < Different.Length; i++)
            {
                var (one, other) = Different[i];
                yield return Of($"pairs {Alike.Length + i + 1}", users, $"({one.Of("a")} and {other.Of("b")}) or ({one.Of("b")} and {other.Of("a")})",
                    (a, b) => (one.Holds(a) && other.Holds(b)) || (one.Holds(b) && other.Holds(a)));
            }
        }
    }

    private Question Of(string name, List<UserCounts> users, string condition, Func<UserCounts, UserCounts, bool> holds)
    {
        string counts = string.Join(", ", OolongText.Labels.SelectMany(label => (string[])[$"{label} = count(label == \"{label}\")", $"{label}_before = count(label == \"{label}\" and date < date(\"2023-07-01\"))"]));
        string labels = string.Join(", ", OolongText.Labels.Select(label => $"\"{label}\""));
        var pairs = users.SelectMany((a, i) => users.Skip(i + 1).Where(b => holds(a, b)).Select(b => $"({a.User}, {b.User})")).ToList();
        return new Question(
            name,
            $$"""
            let rows = context | extract "Date: {date} || User: {user} || Instance: {text}" as {date: date}
            let labelled = rows | extend label = llm "Which kind of answer does the question want? {text}" as one of [{{labels}}] pack {{Pack}}
            let users = labelled | aggregate {{counts}} by user | sort by number(user)
            let found = users | pairs where {{condition}}
            answer if count(found) == 0 then "none" else (found | map "({a.user}, {b.user})" | join "\n")
            """,
            pairs.Count == 0 ? "none" : string.Join('\n', pairs),
            text.Rows.DistinctBy(row => row.Text).Count());
    }
}
