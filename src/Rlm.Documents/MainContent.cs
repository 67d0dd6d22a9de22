namespace Rlm.Documents;

/// <summary>Tells the main content of a page from what is around it: by the elements and roles that say so, else by what is left.</summary>
internal sealed class MainContent
{
    // A main element with less of the text than this is filled by a script, and articles with less are teasers.
    private const double LeastMainShare = 0.05;
    private const double LeastArticleShare = 0.3;
    private const long EnoughText = 200;

    // A list of links has so many, and hardly any other text; on a page of links they are the content.
    private const int LeastLinks = 3;
    private const double LinkShare = 0.66;
    private const double MostLinkShare = 0.4;

    private readonly PageOutline _outline;
    private readonly List<PagePart> _parts;
    private readonly string?[] _reasons;
    private readonly bool[] _isOut;

    private MainContent(PageOutline outline)
    {
        (_outline, _parts) = (outline, outline.Parts);
        (_reasons, _isOut) = (new string?[_parts.Count], new bool[_parts.Count]);
    }

    /// <summary>What to write of a page; null where nothing tells, and all is written.</summary>
    /// <param name="html">The page.</param>
    /// <param name="onLeftOut">Told what is left out, and the character that it begins at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static HtmlMain? Find(string html, Action<string, int> onLeftOut, CancellationToken cancellationToken) =>
        new MainContent(PageOutline.Of(html, cancellationToken)).Select(onLeftOut);

    private HtmlMain? Select(Action<string, int> onLeftOut)
    {
        bool[] isContent = new bool[_parts.Count];
        for (int i = 0; i < _parts.Count; i++)
        {
            bool isInContent = _parts[i].Parent >= 0 && isContent[_parts[i].Parent];
            isContent[i] = isInContent || _parts[i].Purpose is HtmlPart.Main or HtmlPart.Article;
            LeaveOut(i, ReasonOf(_parts[i], isInContent));
        }

        var roots = FindRoots();
        bool isWhole = roots.Count == 0;
        LeaveOutLinks(roots);
        var (held, isHeld) = Hold(roots);
        if (held == 0 || (isWhole && held == _outline.Whole.Text))
            return null;

        long outside = _outline.Whole.Text - held;
        for (int i = 0; i < _parts.Count; i++)
        {
            bool isTitleOutside = _parts[i].Purpose == HtmlPart.Title && !(_parts[i].Parent < 0 ? isWhole : isHeld[_parts[i].Parent]);
            outside -= _reasons[i] is not null || isTitleOutside ? _parts[i].Text : 0;
        }

        if (outside > 0)
            onLeftOut("outside of its main element", 0);
        for (int i = 0; i < _parts.Count; i++)
        {
            if (_reasons[i] is { } reason && _parts[i].Text > 0)
                onLeftOut(reason, _parts[i].Place);
        }

        return new HtmlMain(_parts.Select((part, i) => (part.Start, part.End, isHeld[i])), isWhole);
    }

    private void LeaveOut(int part, string? reason)
    {
        _isOut[part] = _parts[part].Parent >= 0 && _isOut[_parts[part].Parent];
        if (_isOut[part] || reason is null)
            return;
        (_isOut[part], _reasons[part]) = (true, reason);
    }

    private string? ReasonOf(PagePart part, bool isInContent)
    {
        bool isLarge = part.Text * 2 > _outline.Whole.Text;
        return part.HasMain ? null : part.Purpose switch
        {
            HtmlPart.Navigation => "of navigation",
            HtmlPart.Margin when !isInContent && !part.HasHeading => "at the edges of the page",
            HtmlPart.Dialog when !isLarge => "of dialogs",
            HtmlPart.Hidden when !isLarge => "that the page hides",
            _ => null,
        };
    }

    /// <summary>The numbers of the parts that hold the content; none where the whole page does.</summary>
    private List<int> FindRoots()
    {
        long all = _outline.Whole.Text - _parts.Where((_, i) => _reasons[i] is not null).Sum(part => part.Text);
        var (mains, text) = Outermost(HtmlPart.Main);
        if (text >= EnoughText || (text > 0 && text >= all * LeastMainShare))
            return mains;

        var (articles, articleText) = Outermost(HtmlPart.Article);
        return articleText > 0 && articleText >= all * LeastArticleShare ? articles : [];
    }

    private (List<int> Parts, long Text) Outermost(HtmlPart purpose)
    {
        var found = new List<int>();
        long text = 0;
        int end = -1;
        for (int i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Purpose != purpose || _isOut[i] || _parts[i].Start <= end)
                continue;
            found.Add(i);
            text += _parts[i].Text;
            end = _parts[i].End;
        }

        return (found, text);
    }

    private void LeaveOutLinks(List<int> roots)
    {
        PagePart[] regions = roots.Count == 0 ? [_outline.Whole] : [.. roots.Select(root => _parts[root])];
        if (regions.Sum(region => region.LinkText) > MostLinkShare * regions.Sum(region => region.Text))
            return;

        int next = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            while (next < roots.Count && _parts[roots[next]].End < _parts[i].Start)
                next++;
            bool isInside = roots.Count == 0 || (next < roots.Count && _parts[roots[next]].Start < _parts[i].Start);
            bool isLinks = _parts[i] is { Links: >= LeastLinks, HasMain: false, HasHeading: false } && _parts[i].LinkText > LinkShare * _parts[i].Text;
            LeaveOut(i, _reasons[i] ?? (isInside && isLinks ? "of links" : null));
        }
    }

    /// <summary>How much text is held, and whether each part is; the title of the page is, wherever it stands.</summary>
    private (long Text, bool[] IsHeld) Hold(List<int> roots)
    {
        var isRoot = roots.ToHashSet();
        bool[] isHeld = new bool[_parts.Count];
        long text = roots.Count == 0 ? _outline.Whole.Text : roots.Sum(root => _parts[root].Text);
        for (int i = 0; i < _parts.Count; i++)
        {
            bool isAroundHeld = _parts[i].Parent < 0 ? roots.Count == 0 : isHeld[_parts[i].Parent];
            isHeld[i] = isRoot.Contains(i) || _parts[i].Purpose == HtmlPart.Title || (isAroundHeld && !_isOut[i]);
            text -= isAroundHeld && _reasons[i] is not null ? _parts[i].Text : 0;
        }

        return (text, isHeld);
    }
}
