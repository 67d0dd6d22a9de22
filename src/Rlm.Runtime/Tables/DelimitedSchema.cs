using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tables;

/// <summary>The columns of a table, from its header and first rows.</summary>
/// <param name="Names">The header's names, made unique.</param>
/// <param name="Types">How the cells, which are texts, read: as number or date where every one of these that is filled does;
/// optional where a cell is empty.</param>
/// <param name="RowCount">How many rows were read.</param>
internal sealed record DelimitedSchema(IReadOnlyList<string> Names, IReadOnlyList<RlmType> Types, int RowCount)
{
    /// <summary>How much of a table is read for its schema.</summary>
    public const int MaxRows = 200;

    /// <summary>How much of a table is read for its schema.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The schema; null for a table without a header.</summary>
    public static DelimitedSchema? Of(DelimitedDialect dialect, CancellationToken cancellationToken)
    {
        var table = dialect.Table;
        string[]? names = null;
        Column[] columns = [];
        int count = 0;
        using var rows = new DelimitedReader(dialect, cancellationToken);
        while (rows.MoveNext())
        {
            if (rows.Fault == DelimitedFault.Comment)
                continue;
            if (names is null)
            {
                if (rows.Fault == DelimitedFault.TooLong)
                    throw new TextException(
                        Invariant(
                            $"`{table.Source.Name}` has a first line of {rows.Row.Length:N0} bytes, which is not a header of a table; check the format"));
                names = MakeUnique(rows);
                columns = [.. names.Select(_ => new Column())];
                continue;
            }

            if (rows.Row.End - table.Start > MaxBytes)
                break;
            if (rows.Fault != DelimitedFault.None)
                continue;
            for (int i = 0; i < columns.Length; i++)
                columns[i].Add(i < rows.Cells.Length && !rows.Cells[i].IsMissing ? rows.Cells[i].TextIn(rows.Bytes) : null);
            if (++count == MaxRows)
                break;
        }

        return names is null ? null : new DelimitedSchema(names, [.. columns.Select(column => column.Type)], count);
    }

    /// <summary>
    /// The names, with their blanks and line ends folded. A name that comes again gets a number that makes it
    /// another than all that are written.
    /// </summary>
    private static string[] MakeUnique(DelimitedReader header)
    {
        var names = new string[header.Cells.Length];
        for (int i = 0; i < names.Length; i++)
            names[i] = string.Join(' ', header.Cells[i]
                .TextIn(header.Bytes)
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } name ? name : $"column{i + 1}";

        var written = names.ToHashSet(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            if (counts.TryAdd(name, 1))
                continue;

            do
                names[i] = $"{name}_{++counts[name]}";
            while (!written.Add(names[i]));
        }

        return names;
    }

    private sealed class Column
    {
        // Longer ones with a plus are telephone numbers.
        private const int LongestSigned = 7;

        private bool _isNumber = true;
        private bool _isDate = true;
        private bool _hasValue;
        private bool _hasNone;

        public RlmType Type
        {
            get
            {
                var type = !_hasValue ? RlmType.Text : _isNumber ? RlmType.NumberCell : _isDate ? RlmType.DateCell : RlmType.Text;
                return _hasNone ? type.OrNone : type;
            }
        }

        public void Add(string? cell)
        {
            if (cell is null)
            {
                _hasNone = true;
                return;
            }

            if (string.IsNullOrWhiteSpace(cell))
                return;

            _hasValue = true;
            string text = cell.Trim();
            _isNumber = _isNumber && IsAmount(text);
            _isDate = _isDate && IsIsoDate(text) && Reading.AsDate(new TextValue(text)) is not null;
        }

        /// <summary>
        /// Whether a text is a number and no code: postcodes, telephone numbers, <c>10E2</c> and <c>2024_01</c>
        /// have digits that mean no amount.
        /// </summary>
        private static bool IsAmount(string text) => NumberText.Read(text).IsNumber
            && !(text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]))
            && !(text.Length > 1 && text[0] == '+' && text.Length > LongestSigned)
            && text.AsSpan().IndexOfAny('_', 'E') < 0;

        private static bool IsIsoDate(string text) => text.Length >= 10 && text[4] == '-' && text[7] == '-'
            && !text.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9') && !text.AsSpan(5, 2).ContainsAnyExceptInRange('0', '9');
    }
}
