using System.Text;
using Rlm.Runtime.Tables;

namespace Rlm.Runtime.Tests.Tables;

internal sealed class DelimitedCellsTests
{
    // Longer than three blocks of a vector, so that ends, quotes and backslashes fall on each place of one.
    private const int MostBytes = 100;

    [Test]
    public void Split_RowsOfAllLengths_AreAsReadByteByByte()
    {
        var random = new Random(12);
        var cells = new DelimitedCells((byte)',');
        for (int round = 0; round < 20_000; round++)
        {
            string letters = (round % 4) switch { 0 => "ab,", 1 => "abcdefgh,", 2 => "ab,\\", _ => "abc,\"" };
            string row = string.Concat(Enumerable.Range(0, round % MostBytes).Select(_ => letters[random.Next(letters.Length)]));
            byte[] bytes = Encoding.UTF8.GetBytes(row);
            cells.Clear();
            var fault = cells.Split(bytes, 0, isOpen: false, isEscaped: false);

            var (expected, expectedFault) = Read(row);
            Assert.That(fault, Is.EqualTo(expectedFault), row);
            Assert.That(cells.Cells.ToArray().Select(cell => cell.TextIn(bytes)), Is.EqualTo(expected), row);
            Assert.That(cells.Cells.ToArray().Any(cell => cell.Start + cell.Length > bytes.Length), Is.False, row);
            if (!row.Contains('"'))
                Assert.That(cells.HasBackslashes, Is.EqualTo(row.Contains("\\,")), row);
        }
    }

    /// <summary>RFC 4180 with a state for each byte; a quote within a cell that is in none stands for itself.</summary>
    private static (List<string> Cells, DelimitedFault Fault) Read(string row)
    {
        List<string> cells = [];
        for (int at = 0; ; at++)
        {
            var cell = new StringBuilder();
            if (at < row.Length && row[at] == '"')
            {
                for (at++; at < row.Length && (row[at] != '"' || (at + 1 < row.Length && row[at + 1] == '"')); at++)
                {
                    cell.Append(row[at]);
                    at += row[at] == '"' ? 1 : 0;
                }

                if (at == row.Length)
                    return (cells, DelimitedFault.UnclosedQuote);
                at++;
                cells.Add(cell.ToString());
                if (at < row.Length && row[at] != ',')
                    return (cells, DelimitedFault.TextAfterQuote);
            }
            else
            {
                for (; at < row.Length && row[at] != ','; at++)
                    cell.Append(row[at]);
                cells.Add(cell.ToString());
            }

            if (at == row.Length)
                return (cells, DelimitedFault.None);
        }
    }
}
