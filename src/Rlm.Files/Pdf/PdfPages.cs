using System.Text;

namespace Rlm.Files.Pdf;

/// <summary>Which pages gave no text, or not all of it.</summary>
internal sealed class PdfPages
{
    private readonly List<int> _damaged = [];
    private readonly List<int> _scanned = [];
    private readonly List<int> _unknown = [];
    private readonly List<int> _reversed = [];
    private string? _firstDamage;
    private int _count;
    private bool _hasText;

    public void Add(int number, string text, bool isScan, PdfDamage damage)
    {
        _count++;
        _hasText |= text.Length > 0;
        if (damage.First is { } found)
        {
            _firstDamage ??= found;
            _damaged.Add(number);
        }
        else if (isScan)
        {
            _scanned.Add(number);
        }

        if (damage.HasUnknownSigns)
            _unknown.Add(number);
        if (RightToLeft.IsIn(text))
            _reversed.Add(number);
    }

    /// <exception cref="InvalidDataException">No page has text.</exception>
    public void RequireText()
    {
        if (_hasText)
            return;
        if (_count == 0)
            throw new InvalidDataException($"it has no pages: it is damaged or cut short; {PdfDamage.Advice}");
        if (_damaged.Count > 0)
            throw new InvalidDataException($"it is damaged ({_firstDamage}); {PdfDamage.Advice}");
        throw new InvalidDataException(_scanned.Count > 0
            ? $"it is scanned, {_count} {(_count == 1 ? "page" : "pages")} of images without text; "
                + "have its words recognised, as with `ocrmypdf FILE COPY`"
            : "there is no text in it");
    }

    public void TellGaps(IRlmFileText text)
    {
        Tell(_damaged, "is", "are", $"damaged ({_firstDamage}), and may lack text");
        Tell(_scanned, "is an image", "are images", "whose words `ocrmypdf FILE COPY` recognises");
        Tell(_unknown, "has", "have", "signs that no font names, and that may be read as others");
        Tell(_reversed, "holds", "hold", "writing from right to left, whose letters may stand in the order that they are drawn in");

        void Tell(List<int> pages, string one, string several, string what)
        {
            if (pages.Count > 0)
                text.AddGap($"{List(pages)} {(pages.Count == 1 ? one : several)} {what}");
        }
    }

    /// <summary>The pages, of many the first.</summary>
    public static string List(List<int> pages)
    {
        const int most = 5;
        var list = new StringBuilder(pages.Count == 1 ? "page " : "pages ");
        list.AppendJoin(", ", pages.Take(most));
        if (pages.Count > most)
            list.Append(Invariant($" and {pages.Count - most:N0} more"));
        return list.ToString();
    }
}
