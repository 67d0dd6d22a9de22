using System.Text;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Shards;

/// <summary>Keeps the first of lines whose rows have the same fields, and counts the others.</summary>
/// <param name="add">Takes each line that is kept.</param>
/// <param name="alike">Takes how many others say the same as one, by where it begins.</param>
internal sealed class AlikeLines(Action<TextSlice> add, Dictionary<long, long> alike)
{
    /// <summary>More different lines are not told apart, but kept.</summary>
    private const int MostKnown = 1 << 20;

    /// <summary>Of numbers below it as many are summed exactly as anybody has.</summary>
    private const decimal MostExact = 1e15m;

    private readonly Dictionary<string, long> _starts = new(StringComparer.Ordinal);
    private readonly StringBuilder _key = new();

    /// <summary>
    /// Adds the lines of rows; false where a field means something else at another place, so that every line counts.
    /// </summary>
    /// <param name="rows">The rows, several of which may be of one line.</param>
    /// <param name="fields">The fields that somebody asks for.</param>
    public bool TryAddAll(ListValue rows, IReadOnlyList<string> fields)
    {
        TextSlice? line = null;
        bool isTelling = true;
        foreach (var row in rows.Items.Cast<RecordValue>())
        {
            var slice = row.Origin!.Slice!.Value;
            if (line is { } before && before != slice)
                AddLine(before);
            line = slice;
            isTelling &= TryAddRow(row, fields);
            if (!isTelling)
                return false;
        }

        if (line is { } last)
            AddLine(last);
        return true;
    }

    /// <summary>Adds a field of the line that comes next; false where it means something else at another place.</summary>
    public bool TryAppend(ReadOnlySpan<byte> field)
    {
        if (IsOfItsPlace(field))
            return false;
        // A character of Latin-1 for each byte keeps apart what is not UTF-8, too.
        _key.Append('\u0101').Append('\u0102').Append(Encoding.Latin1.GetString(field));
        return true;
    }

    /// <summary>Adds a field that the line that comes next does not have.</summary>
    public void AppendMissing() => _key.Append('\u0101');

    private bool TryAddRow(RecordValue row, IReadOnlyList<string> fields)
    {
        _key.Append('\u0100');
        foreach (string field in fields)
        {
            if (row.Find(field) is not TextValue { Slice: { } slice })
                AppendMissing();
            else if (!TryAppend(slice.Source.GetSpan(slice.Start, (int)slice.Length)))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether it makes a difference where a text stands: a date without a year, or a number whose sum is not exact in any order.
    /// </summary>
    private static bool IsOfItsPlace(ReadOnlySpan<byte> text) =>
        (ColumnReading.None.ReadNumber(text) is { } number && !(number.IsExact && Math.Abs(number.InDecimal) < MostExact))
        || DateText.TryReadYearless(Encoding.UTF8.GetString(text)) is not null;

    /// <summary>Adds the line that has the fields.</summary>
    public void AddLine(TextSlice line)
    {
        string key = _key.ToString();
        _key.Clear();
        // Of lines that are left out, nobody counts the blank ones.
        if (!line.Source.GetSpan(line.Start, (int)line.Length).ContainsAnyExcept(" \t\r\v\f"u8))
        {
            add(line);
            return;
        }

        if (_starts.TryGetValue(key, out long first))
        {
            alike[first] = alike.GetValueOrDefault(first) + 1;
            return;
        }

        if (_starts.Count < MostKnown)
            _starts.Add(key, line.Start);
        add(line);
    }
}
