using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Rlm.Documents;

/// <summary>The text of a piece of Markdown, from the tree that Markdig makes of it.</summary>
/// <remarks>
/// Tables stay lines with bars: read as tables, their cells may be the square of their characters.
/// </remarks>
internal static class MarkdownBlocks
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).Build();

    /// <summary>Writes the text; false where the piece is nested too deeply.</summary>
    public static bool TryWrite(string markdown, BlockWriter writer)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's limit of nesting, which keeps it from overflowing the stack.
            return false;
        }

        foreach (var block in document)
            Write(block, writer, lists: 0, lineEnds: 2);
        return true;
    }

    private static void Write(Block block, BlockWriter writer, int lists, int lineEnds)
    {
        switch (block)
        {
            case LinkReferenceDefinitionGroup:
                break;
            case ListBlock list:
                foreach (var item in list.OfType<ListItemBlock>())
                    WriteItem(item, list, writer, lists, lineEnds);
                break;
            case ContainerBlock container:
                foreach (var inner in container)
                    Write(inner, writer, lists, lineEnds);
                break;
            case HtmlBlock html:
                HtmlText.Write(html.Lines.ToString(), null, writer, null, CancellationToken.None);
                writer.Break(lineEnds);
                break;
            case CodeBlock code:
                writer.Break(lineEnds);
                writer.Verbatim(code.Lines.ToString());
                writer.Break(lineEnds);
                break;
            case LeafBlock leaf:
                writer.Break(lineEnds);
                if (leaf.Inline is { } inlines)
                    Write(inlines, writer);
                writer.Break(lineEnds);
                break;
        }
    }

    private static void WriteItem(ListItemBlock item, ListBlock list, BlockWriter writer, int lists, int lineEnds)
    {
        int between = list.IsLoose ? lineEnds : 1;
        string mark = list.IsOrdered ? Invariant($"{item.Order}{list.OrderedDelimiter} ") : "- ";
        writer.Break(item == list[0] && lists == 0 ? lineEnds : between);
        writer.StartItem(new string(' ', 2 * lists) + mark, between);
        foreach (var inner in item)
            Write(inner, writer, lists + 1, between);
        writer.EndItem();
        writer.Break(item == list.LastChild && lists == 0 ? lineEnds : between);
    }

    /// <summary>Follows the tree without a call for each level, of which there may be thousands.</summary>
    private static void Write(ContainerInline inlines, BlockWriter writer)
    {
        for (var inline = inlines.FirstChild; inline is not null;)
        {
            WriteLeaf(inline, writer);
            if (inline is ContainerInline { FirstChild: { } child })
            {
                inline = child;
                continue;
            }

            while (inline is not null && inline != inlines && inline.NextSibling is null)
                inline = inline.Parent;
            inline = inline == inlines ? null : inline?.NextSibling;
        }
    }

    private static void WriteLeaf(Inline inline, BlockWriter writer)
    {
        switch (inline)
        {
            case LiteralInline literal:
                writer.Text(literal.Content.AsSpan());
                break;
            case CodeInline code:
                writer.Text(code.ContentSpan);
                break;
            case HtmlEntityInline entity:
                writer.Text(entity.Transcoded.AsSpan());
                break;
            case DelimiterInline unclosed:
                writer.Text(unclosed.ToLiteral());
                break;
            case AutolinkInline link:
                writer.Text(link.Url);
                break;
            case LineBreakInline:
                writer.Break(1);
                break;
            case HtmlInline html:
                HtmlText.Write(html.Tag, null, writer, null, CancellationToken.None);
                break;
        }
    }
}
