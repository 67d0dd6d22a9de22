using System.Text;

namespace Rlm.Offline.Reading;

/// <summary>Folds runs of blanks and control characters into one blank.</summary>
internal static class Blanks
{
    public static string Fold(ReadOnlySpan<char> text)
    {
        StringBuilder folded = new(text.Length);
        bool blank = false;
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                blank = folded.Length > 0;
                continue;
            }

            if (blank)
                folded.Append(' ');
            blank = false;
            folded.Append(c);
        }

        return folded.ToString();
    }
}
