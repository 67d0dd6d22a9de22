namespace Rlm.Documents;

/// <summary>What a part of a page is for.</summary>
internal enum HtmlPart
{
    /// <summary>It is not told.</summary>
    Other,

    /// <summary>The main content, or an article.</summary>
    Main,

    /// <summary>An article.</summary>
    Article,

    /// <summary>The title of the page, which is held wherever it stands.</summary>
    Title,

    /// <summary>Links to other places.</summary>
    Navigation,

    /// <summary>The head or foot of a page, or what stands at its side.</summary>
    Margin,

    /// <summary>What lies over the page, such as a question about cookies.</summary>
    Dialog,

    /// <summary>What the page does not show.</summary>
    Hidden,
}
