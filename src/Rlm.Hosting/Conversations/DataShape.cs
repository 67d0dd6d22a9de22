using System.Text;

namespace Rlm.Hosting.Conversations;

/// <summary>How the lines of data begin, by which a line of them is known.</summary>
internal sealed class DataShape
{
    private readonly Dictionary<string, int> _shapes = new(StringComparer.Ordinal), _words = new(StringComparer.Ordinal);
    private readonly int _lines;

    /// <param name="data">The data.</param>
    public DataShape(string data)
    {
        foreach (string line in LinesOf(data))
        {
            _lines++;
            var (shape, isWord) = ShapeOf(line);
            var counts = isWord ? _words : _shapes;
            counts[shape] = counts.GetValueOrDefault(shape) + 1;
        }
    }

    /// <summary>Whether most lines begin with something else than a word, as those of a log or a table do.</summary>
    public bool IsTable => _shapes.Values.Sum() is >= 2 and var shaped && 2 * shaped >= _lines;

    /// <summary>Whether a line begins as lines of the data do: with the same signs, or with a word that a fifth of them begin with.</summary>
    public bool Has(string line)
    {
        var (shape, isWord) = ShapeOf(line);
        return isWord ? _words.GetValueOrDefault(shape) is >= 3 and var same && 5 * same >= _lines : _shapes.GetValueOrDefault(shape) >= 2;
    }

    /// <summary>Whether a line begins with a word.</summary>
    public static bool BeginsWithWord(string line) => ShapeOf(line).IsWord;

    /// <summary>The lines of a text that are not blank.</summary>
    public static string[] LinesOf(string text) =>
        [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    /// <summary>A line's first word, or the shape of what it begins with: a 9 for digits, a letter for letters, and the signs.</summary>
    private static (string Shape, bool IsWord) ShapeOf(string line)
    {
        string first = FirstOf(line);
        string word = first.TrimEnd(',', '.', '!', '?', '。', '？', '！');
        if (word.Length > 0 && word.All(letter => char.IsLetter(letter) || letter is '\'' or '’' || char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.NonSpacingMark))
            return (word, true);

        var shape = new StringBuilder();
        foreach (char c in first)
        {
            char kind = char.IsDigit(c) ? '9' : char.IsLetter(c) ? 'a' : c;
            if (shape.Length == 0 || shape[^1] != kind || kind is not ('9' or 'a'))
                shape.Append(kind);
        }

        return (shape.ToString(), false);
    }

    private static string FirstOf(string line)
    {
        // A line that is indented is known by that.
        if (line.Length > 0 && char.IsWhiteSpace(line[0]))
            return " ";
        int end = line.AsSpan().IndexOfAny(' ', '\t');
        return end < 0 ? line : line[..end];
    }
}
