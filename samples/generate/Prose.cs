using System.Globalization;
using System.Text;

/// <summary>Sentence templates: <c>[a|b]</c> is a choice, which may nest; <c>{name}</c> is a slot.</summary>
internal static class Prose
{
    public static string Spin(string template, Dice dice, IReadOnlyDictionary<string, string> slots)
    {
        int at = 0;
        return Sequence(template, ref at, dice, slots);
    }

    public static string Wrap(string paragraph, int width)
    {
        StringBuilder text = new();
        int column = 0;
        foreach (string word in paragraph.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > width)
            {
                text.Append('\n');
                column = 0;
            }
            else if (column > 0)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        return text.ToString();
    }

    /// <summary>Wraps each line of a text by itself.</summary>
    public static string WrapEach(string text, int width) => string.Join('\n', text.Split('\n').Select(line => Wrap(line, width)));

    public static string Stamp(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Money(int cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:00}");

    private static string Sequence(string s, ref int at, Dice dice, IReadOnlyDictionary<string, string> slots)
    {
        StringBuilder text = new();
        while (at < s.Length && s[at] is not ('|' or ']'))
        {
            if (s[at] == '[')
            {
                List<string> choices = [];
                do
                {
                    at++;
                    choices.Add(Sequence(s, ref at, dice, slots));
                }
                while (s[at] == '|');
                at++;
                text.Append(dice.Pick(choices));
            }
            else if (s[at] == '{')
            {
                int end = s.IndexOf('}', at);
                text.Append(slots[s[(at + 1)..end]]);
                at = end + 1;
            }
            else
            {
                text.Append(s[at++]);
            }
        }

        return text.ToString();
    }
}
