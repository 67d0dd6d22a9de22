using System.Globalization;
using System.Text;

namespace Rlm.Runtime.Tests.Tables;

/// <summary>A table of random cells in a random dialect, and what a reader has to be told of it.</summary>
/// <param name="Text">The file.</param>
/// <param name="Delimiter">What stands between cells.</param>
/// <param name="IsEscaped">Whether quotes stand behind backslashes instead of being doubled.</param>
/// <param name="HasDecimalComma">Whether decimals stand behind commas.</param>
/// <param name="IsDayFirst">Whether dates are written <c>d/m/yyyy</c> instead of ISO.</param>
internal sealed record GeneratedTable(string Text, char Delimiter, bool IsEscaped, bool HasDecimalComma, bool IsDayFirst)
{
    private static readonly string[] Codes = ["1.1", "1.10", "01", "1", "02134", "2134", "10E2", "1000", "2024_01", "+49151", "A17", "a17",
        "é", "x y"];
    private static readonly string[] Words = ["plain", "two words", "with, comma", "with; semicolon", "with | bar", "with\ttab",
        "say \"hi\"", "\"", "two\nlines", "straße", "😀", "'", " blank "];

    private static readonly NumberFormatInfo WithComma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>A table with the columns <c>id code n d word</c>.</summary>
    public static GeneratedTable Of(int seed)
    {
        var random = new Random(seed);
        char delimiter = ",;|\t"[random.Next(4)];
        bool isEscaped = random.Next(4) == 0;
        bool hasDecimalComma = random.Next(3) == 0;
        bool isDayFirst = random.Next(2) == 0;
        string lineEnd = random.Next(2) == 0 ? "\n" : "\r\n";
        bool isQuoted = random.Next(3) == 0;
        var table = new StringBuilder();
        Add(["id", "code", "n", "d", "word"]);
        int rows = 4 + random.Next(20);
        for (int i = 0; i < rows; i++)
        {
            // The first row proves what the others may leave open.
            string number = i == 0 ? hasDecimalComma ? "0,5" : "1,234,567.25" : Number(i);
            var day = new DateTime(2025, 1 + random.Next(12), i == 0 ? 28 : 1 + random.Next(28), 0, 0, 0, DateTimeKind.Unspecified);
            string date = day.ToString(isDayFirst ? "dd/MM/yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Add([i.ToString(CultureInfo.InvariantCulture), Codes[random.Next(Codes.Length)], number,
                random.Next(8) == 0 && i > 0 ? "" : date, Words[random.Next(Words.Length)]]);
        }

        return new GeneratedTable(table.ToString(), delimiter, isEscaped, hasDecimalComma, isDayFirst);

        string Number(int row)
        {
            // More than half of what is there are numbers, which decides how the column is ordered.
            if (row % 3 > 0 && random.Next(4) == 0)
                return row % 3 == 1 ? "" : "n/a";

            decimal number = new(random.Next(5_000_000), 0, 0, random.Next(4) == 0, (byte)random.Next(5));
            return number.ToString(random.Next(3) == 0 ? "#,0.###" : "0.####", hasDecimalComma ? WithComma : CultureInfo.InvariantCulture);
        }

        void Add(string[] cells) => table.AppendJoin(delimiter, cells.Select(Written)).Append(lineEnd);

        string Written(string cell)
        {
            bool mustQuote = cell.IndexOfAny([delimiter, '"', '\n', '\r']) >= 0 || cell.Trim() != cell;
            if (!mustQuote && !isQuoted && random.Next(10) > 0)
                return cell;
            return $"\"{(isEscaped ? cell.Replace("\"", "\\\"", StringComparison.Ordinal) : cell.Replace("\"", "\"\"", StringComparison.Ordinal))}\"";
        }
    }
}
