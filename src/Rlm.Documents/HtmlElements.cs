using AngleSharp.Html.Parser;

namespace Rlm.Documents;

/// <summary>The elements of HTML that matter to its text.</summary>
internal static class HtmlElements
{
    private static readonly Dictionary<string, HtmlElement> Kinds = new[]
    {
        (HtmlElement.Line, "address article aside body caption center dd details dialog div dt fieldset figcaption footer form frameset header hgroup html legend main nav noframes "
            + "optgroup option search section summary textarea"),
        (HtmlElement.Paragraph, "blockquote dl figure h1 h2 h3 h4 h5 h6 hr p select title"),
        (HtmlElement.List, "dir menu ul"),
        (HtmlElement.NumberedList, "ol"),
        (HtmlElement.Item, "li"),
        (HtmlElement.Table, "table"),
        (HtmlElement.RowGroup, "tbody tfoot thead"),
        (HtmlElement.Row, "tr"),
        (HtmlElement.Cell, "td th"),
        (HtmlElement.LineEnd, "br"),
        (HtmlElement.Image, "img"),
        (HtmlElement.Preformatted, "listing plaintext pre xmp"),
        (HtmlElement.Foreign, "math svg"),
        (HtmlElement.Hidden, "iframe noembed script style template"),
    }.SelectMany(row => row.Item2.Split(' ').Select(name => KeyValuePair.Create(name, row.Item1))).ToDictionary(StringComparer.Ordinal);

    private static readonly Dictionary<string, HtmlElement>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    public static HtmlElement Find(ReadOnlySpan<char> name) => ByName.TryGetValue(name, out var kind) ? kind : HtmlElement.Inline;

    /// <summary>
    /// How the tokenizer reads what is in an element, up to its end tag
    /// (https://html.spec.whatwg.org/multipage/parsing.html, section 13.4).
    /// </summary>
    public static HtmlParseMode ModeOf(ReadOnlySpan<char> name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "title" or "textarea" => HtmlParseMode.RCData,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };
}
