using System.Text;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace Rlm.Files.Pdf;

/// <summary>
/// The text of a page in the order of its content. The library's extractor looks for gaps to the right and down alone: it runs lines together that are
/// set tight, cells that are drawn from right to left and words of a page upside down, tears sideways words apart, and gives a text that is drawn
/// twice, as a shadow, twice. So the places of the letters decide where its blanks do not.
/// </summary>
internal static class PdfText
{
    /// <summary>Shares of the font's size: what parts two words, the raise of an index, and what is a step back.</summary>
    private const double Blank = 0.25, Raise = 0.3, Line = 0.6, Back = -0.5, Same = 0.12;

    /// <summary>Reads a page.</summary>
    public static string Of(Page page)
    {
        string text = ContentOrderTextExtractor.GetText(page, true);
        var drawn = new DrawnLetters();
        var result = new StringBuilder(text.Length + 16);
        Letter? last = null;
        int at = 0;
        foreach (var letter in page.Letters)
        {
            if (string.IsNullOrWhiteSpace(letter.Value))
                continue;

            int start = at;
            while (start < text.Length && char.IsWhiteSpace(text[start]))
                start++;
            // Where the extractor does not give the letters one by one, its text stands.
            if (!text.AsSpan(start).StartsWith(letter.Value, StringComparison.Ordinal))
                return text;

            string gap = text[at..start];
            at = start + letter.Value.Length;
            if (drawn.Holds(letter, Same * SizeOf(letter)))
                continue;

            if (last is not null && gap.Length == 0 && FindAccented(last, letter) is { } accented)
            {
                result.Length -= last.Value.Length;
                result.Append(accented);
            }
            else
            {
                result.Append(last is null ? gap : GapBetween(last, letter, gap)).Append(letter.Value);
            }

            last = letter;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>A letter with the accent that was drawn before it, as TeX does; null where there is none.</summary>
    private static string? FindAccented(Letter last, Letter letter) =>
        char.IsLetter(letter.Value, 0) && StepBetween(last, letter).Along is var along && along < 0 && along > -SizeOf(letter)
            ? Accents.PutOn(letter.Value, last.Value) : null;

    private static string GapBetween(Letter last, Letter letter, string gap)
    {
        bool isSideways = last.TextOrientation == letter.TextOrientation && letter.TextOrientation is TextOrientation.Rotate90 or TextOrientation.Rotate270;
        if (gap.Length > 0 && !isSideways)
            return gap;

        double size = Math.Max(SizeOf(last), SizeOf(letter));
        var (along, across) = StepBetween(last, letter);
        along /= size;
        across /= size;
        if (Math.Abs(across) > Raise && (along < Back || Math.Abs(across) > Line))
            return along < Back || isSideways ? "\n" : " ";
        return along > Blank || along < Back ? " " : isSideways && gap == " " ? gap : "";
    }

    /// <summary>The way from the end of a letter to the start of the next, in the direction of the writing and across it.</summary>
    private static (double Along, double Across) StepBetween(Letter last, Letter letter)
    {
        double x = last.EndBaseLine.X - last.StartBaseLine.X, y = last.EndBaseLine.Y - last.StartBaseLine.Y, length = Math.Sqrt((x * x) + (y * y));
        (x, y) = length > 0 ? (x / length, y / length) : (1, 0);
        double stepX = letter.StartBaseLine.X - last.EndBaseLine.X, stepY = letter.StartBaseLine.Y - last.EndBaseLine.Y;
        return ((stepX * x) + (stepY * y), (stepX * y) - (stepY * x));
    }

    private static double SizeOf(Letter letter) => letter.PointSize > 0 ? letter.PointSize : 1;

    /// <summary>Which letters were drawn where.</summary>
    private sealed class DrawnLetters
    {
        /// <summary>As many as are looked through for each letter of a page that was made to take long.</summary>
        private const int MostInSquare = 64;

        private readonly Dictionary<(string Value, int X, int Y), List<PdfPoint>> _places = [];

        /// <summary>Whether the same letter was drawn there, or as near; if not, it is now.</summary>
        public bool Holds(Letter letter, double near)
        {
            near = Math.Min(near, 32);
            var place = letter.StartBaseLine;
            for (int i = CellOf(place.X - near); i <= CellOf(place.X + near); i++)
            {
                for (int j = CellOf(place.Y - near); j <= CellOf(place.Y + near); j++)
                {
                    if (_places.TryGetValue((letter.Value, i, j), out var others) && others.Exists(other => Math.Abs(other.X - place.X) <= near && Math.Abs(other.Y - place.Y) <= near))
                        return true;
                }
            }

            var cell = (letter.Value, CellOf(place.X), CellOf(place.Y));
            if (!_places.TryGetValue(cell, out var here))
                _places[cell] = here = [];
            if (here.Count < MostInSquare)
                here.Add(place);
            return false;
        }

        /// <summary>The square that a place in points lies in; what is beyond all pages is in one.</summary>
        private static int CellOf(double place) => (int)Math.Clamp(Math.Floor(place / 8), -100_000, 100_000);
    }
}
