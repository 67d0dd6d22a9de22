using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Spellings;

/// <summary>The names that a field of some rows has, each once, in order of the rows.</summary>
internal sealed class SpelledRows
{
    private readonly List<Value> _firsts = [];
    private readonly int?[] _places;

    private SpelledRows(IReadOnlyList<Value> rows)
    {
        Rows = rows;
        _places = new int?[rows.Count];
    }

    public IReadOnlyList<Value> Rows { get; }

    public IReadOnlyList<SpelledName> Names { get; private set; } = [];

    /// <param name="rows">The rows.</param>
    /// <param name="field">The field.</param>
    /// <param name="stage">The stage that asks about them.</param>
    /// <exception cref="EvaluationException">The field holds something else than a name.</exception>
    public static SpelledRows Of(IReadOnlyList<Value> rows, string field, PaidStage stage)
    {
        var read = new SpelledRows(rows);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        List<(string Text, int Count)> names = [];
        int untilPoll = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            stage.Evaluation.Poll(ref untilPoll);
            var value = rows[row] is RecordValue ? FieldAccess.Read(rows[row], field, stage.Evaluation) : rows[row];
            if (value is ListValue or RecordValue { Shape.TextField: null })
            {
                throw new EvaluationException(
                    stage.Bound.Span, $"`resolve` goes by names, and `{field}` of item {row + 1} is {ValueKinds.Describe(value)}",
                    "make rows of its parts first: `flatten FIELD`");
            }

            if (Unknown.Of(value) is not null || Reading.IsNone(value))
                continue;

            string text = ValueRenderer.InTemplate(value);
            if (string.IsNullOrWhiteSpace(text))
                continue;

            if (!places.TryGetValue(text, out int place))
            {
                places.Add(text, place = names.Count);
                names.Add((text, 0));
                read._firsts.Add(value);
            }

            names[place] = (text, names[place].Count + 1);
            read._places[row] = place;
        }

        read.Names = [.. names.Select(static name => new SpelledName(name.Text, name.Count))];
        return read;
    }

    /// <summary>The place of a row's name among the names; null where nothing is asked about it.</summary>
    public int? PlaceOf(int row) => _places[row];

    /// <summary>A name as the value of another row: the text alone, since it stands in another place.</summary>
    public Value ValueOf(int name) => _firsts[name] is TextValue { Domain: null } ? new TextValue(Names[name].Text) : _firsts[name];
}
