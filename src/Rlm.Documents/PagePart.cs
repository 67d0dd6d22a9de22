namespace Rlm.Documents;

/// <summary>A part of a page.</summary>
/// <param name="name">Its element.</param>
/// <param name="purpose">What it says of itself.</param>
/// <param name="parent">The number of the part around it; -1 for none.</param>
/// <param name="start">Its first token.</param>
/// <param name="place">The character that it begins at.</param>
internal sealed class PagePart(string name, HtmlPart purpose, int parent, int start, int place)
{
    public string Name => name;

    public HtmlPart Purpose => purpose;

    public int Parent => parent;

    public int Start => start;

    public int Place => place;

    /// <summary>Its last token.</summary>
    public int End { get; set; }

    /// <summary>How many characters other than blanks it has, those of parts in it too once all is read.</summary>
    public long Text { get; set; }

    /// <summary>How many of them are in links.</summary>
    public long LinkText { get; set; }

    public int Links { get; set; }

    /// <summary>Whether the first heading of the page may be in it.</summary>
    public bool HasHeading { get; set; }

    /// <summary>Whether what says to be the main content is in it.</summary>
    public bool HasMain { get; set; }

    /// <summary>Takes over what a part in it has.</summary>
    public void Add(PagePart inner)
    {
        Text += inner.Text;
        LinkText += inner.LinkText;
        Links += inner.Links;
        HasHeading |= inner.HasHeading;
        HasMain |= inner.HasMain || inner.Purpose == HtmlPart.Main;
    }
}
