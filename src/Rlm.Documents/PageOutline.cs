using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Rlm.Documents;

/// <summary>The parts of a page with what each is for and how much text and how many links it has, read without a tree.</summary>
/// <remarks>An end tag ends the last open part of its name and all in it; one of no open part is nothing. So it takes linear time.</remarks>
internal sealed class PageOutline
{
    private static readonly HashSet<string> Blocks = new(
        "address article aside blockquote center details dialog div dl fieldset figure footer form header main menu nav ol search section table title ul"
            .Split(' '),
        StringComparer.Ordinal);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> BlockNames = Blocks.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] DialogWords = ["cookie", "cookies", "consent", "gdpr", "onetrust", "cookiebanner", "cookieconsent"];

    private readonly List<int> _open = [];
    private readonly Dictionary<string, int> _openNames = new(StringComparer.Ordinal);
    private int _linkPart = -2;

    private PageOutline()
    {
    }

    /// <summary>The parts by their starts.</summary>
    public List<PagePart> Parts { get; } = [];

    /// <summary>How many characters other than blanks the whole has, and in links.</summary>
    public PagePart Whole { get; } = new("", HtmlPart.Other, -1, 0, 0);

    public static PageOutline Of(string html, CancellationToken cancellationToken)
    {
        var outline = new PageOutline();
        outline.Read(html, cancellationToken);
        return outline;
    }

    private void Read(string html, CancellationToken cancellationToken)
    {
        using var tokens = new HtmlTokens(
            html, name => name.Span is "role" or "id" or "class" or "hidden" or "aria-hidden" or "aria-modal" or "style", cancellationToken);
        while (true)
        {
            ref var token = ref tokens.Next();
            if (token.Type == HtmlTokenType.EndOfFile)
                break;
            if (tokens.IsHidden)
                continue;

            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    Start(ref token, tokens.Index);
                    break;
                case HtmlTokenType.EndTag:
                    End(token.Name, tokens.Index);
                    break;
                case HtmlTokenType.Character:
                    AddText(token.Data);
                    break;
            }
        }

        while (_open.Count > 0)
            Close(tokens.Index);
        for (int i = Parts.Count - 1; i >= 0; i--)
            (Parts[i].Parent < 0 ? Whole : Parts[Parts[i].Parent]).Add(Parts[i]);
    }

    private void Start(ref StructHtmlToken token, int index)
    {
        ReadOnlySpan<char> name = token.Name;
        if (name is "a")
        {
            _linkPart = _open.Count == 0 ? -1 : _open[^1];
            (_linkPart < 0 ? Whole : Parts[_linkPart]).Links++;
        }

        if (name is "h1" && _open.Count > 0)
            Parts[_open[^1]].HasHeading = true;
        if (!BlockNames.TryGetValue(name, out string? known) || token.IsSelfClosing)
            return;

        Parts.Add(new PagePart(known, PurposeOf(known, ref token), _open.Count == 0 ? -1 : _open[^1], index, token.Position.Position - 1));
        _open.Add(Parts.Count - 1);
        _openNames[known] = _openNames.GetValueOrDefault(known) + 1;
    }

    private void End(ReadOnlySpan<char> name, int index)
    {
        if (name is "a")
            _linkPart = -2;
        if (!BlockNames.TryGetValue(name, out string? known) || _openNames.GetValueOrDefault(known) == 0)
            return;

        while (Parts[_open[^1]].Name != known)
            Close(index - 1);
        Close(index);
    }

    private void Close(int index)
    {
        int last = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        _openNames[Parts[last].Name]--;
        Parts[last].End = index;
        if (_linkPart == last)
            _linkPart = -2;
    }

    private void AddText(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (char character in text)
            count += char.IsWhiteSpace(character) ? 0 : 1;
        var part = _open.Count == 0 ? Whole : Parts[_open[^1]];
        part.Text += count;
        part.LinkText += _linkPart >= -1 ? count : 0;
    }

    private static HtmlPart PurposeOf(string name, ref StructHtmlToken token)
    {
        for (int i = 0; i < token.Attributes.Count; i++)
        {
            if (token.Attributes[i].Name.Memory.Span is "hidden")
                return HtmlPart.Hidden;
        }

        if (token.GetAttribute("aria-hidden").Memory.Span is "true" || HidesByStyle(token.GetAttribute("style").Memory.Span))
            return HtmlPart.Hidden;
        if (token.GetAttribute("aria-modal").Memory.Span is "true"
            || HasDialogWord(token.GetAttribute("id").Memory.Span) || HasDialogWord(token.GetAttribute("class").Memory.Span))
            return HtmlPart.Dialog;

        return token.GetAttribute("role").Memory.Span.Trim() switch
        {
            "main" => HtmlPart.Main,
            "article" => HtmlPart.Article,
            "navigation" or "menu" or "menubar" or "search" => HtmlPart.Navigation,
            "banner" or "contentinfo" or "complementary" => HtmlPart.Margin,
            "dialog" or "alertdialog" => HtmlPart.Dialog,
            _ => name switch
            {
                "main" => HtmlPart.Main,
                "article" => HtmlPart.Article,
                "title" => HtmlPart.Title,
                "nav" or "menu" or "search" => HtmlPart.Navigation,
                "header" or "footer" or "aside" => HtmlPart.Margin,
                "dialog" => HtmlPart.Dialog,
                _ => HtmlPart.Other,
            },
        };
    }

    private static bool HidesByStyle(ReadOnlySpan<char> style)
    {
        foreach (var range in style.Split(';'))
        {
            var rule = style[range];
            int colon = rule.IndexOf(':');
            if (colon > 0 && rule[..colon].Trim().Equals("display", StringComparison.OrdinalIgnoreCase)
                && rule[(colon + 1)..].Trim().StartsWith("none", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether one of the names, parted by blanks, has such a word between its hyphens.</summary>
    private static bool HasDialogWord(ReadOnlySpan<char> names)
    {
        foreach (var range in names.SplitAny(" \t\n-_"))
        {
            foreach (string word in DialogWords)
            {
                if (names[range].Equals(word, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
