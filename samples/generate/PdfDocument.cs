using System.Globalization;
using System.Text;

/// <summary>A PDF of A4 pages with lines of text, written by hand: nothing is compressed, and the same lines give the same bytes.</summary>
internal sealed class PdfDocument
{
    private readonly List<string> _pages = [];

    /// <summary>Adds a page. A cell of a line stands 170 points to the right of the one before it.</summary>
    public void AddPage(IEnumerable<(string[] Cells, bool Bold)> lines)
    {
        StringBuilder page = new("BT 72 785 Td 15 TL\n");
        foreach ((string[] cells, bool bold) in lines)
        {
            page.Append(bold ? "/B 11 Tf" : "/R 11 Tf");
            for (int i = 0; i < cells.Length; i++)
                page.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? " 170 0 Td" : "")} ({Escape(cells[i])}) Tj");
            page.Append(cells.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" {-170 * (cells.Length - 1)} -15 Td\n") : " T*\n");
        }

        _pages.Add(page.Append("ET").ToString());
    }

    public byte[] Write()
    {
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select((_, i) => $"{5 + (2 * i)} 0 R"))}] >>",
            Font("Times-Roman"),
            Font("Times-Bold"),
        ];
        for (int i = 0; i < _pages.Count; i++)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + (2 * i)} 0 R /Resources << /Font << /R 3 0 R /B 4 0 R >> >> >>");
            objects.Add($"<< /Length {_pages[i].Length} >>\nstream\n{_pages[i]}\nendstream");
        }

        // Every sign is one byte, so that a place in the text is one in the file.
        StringBuilder file = new("%PDF-1.4\n");
        StringBuilder table = new($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        for (int i = 0; i < objects.Count; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int start = file.Length;
        file.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Font(string name) => $"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>";

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
