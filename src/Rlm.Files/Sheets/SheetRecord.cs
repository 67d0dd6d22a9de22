using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rlm.Files.Sheets;

/// <summary>Writes rows as records of CSV (RFC 4180), with a cell for each column of the sheet that holds something.</summary>
internal sealed class SheetRecord(IReadOnlyList<int> columns)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\n\r\t;|");

    private readonly StringBuilder _record = new();

    public string Of(IReadOnlyList<SheetCell> cells)
    {
        _record.Clear();
        int next = 0;
        for (int i = 0; i < columns.Count; i++)
        {
            if (i > 0)
                _record.Append(',');
            if (next < cells.Count && cells[next].Column == columns[i])
                Append(cells[next++]);
        }

        return _record.ToString();
    }

    // What others take for a comment, a drawn line or blanks around a cell stands in quotes, too. So does a text that looks like a
    // number, so that what has none is a number as it stands.
    private void Append(SheetCell cell)
    {
        string text = cell.Text;
        bool isPlain = !text.AsSpan().ContainsAny(Special) && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && text[0] != '#'
            && text.Any(char.IsLetterOrDigit) && !(cell.IsText && LooksLikeNumber(text));
        _record.Append(isPlain ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    private static bool LooksLikeNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
