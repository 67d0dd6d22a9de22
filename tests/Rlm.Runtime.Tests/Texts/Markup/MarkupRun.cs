using Rlm.Documents;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Tests.Texts.Markup;

/// <summary>The text of HTML and Markdown as a string.</summary>
internal static class MarkupRun
{
    public static string OfHtml(string html) => Written(writer => HtmlText.Write(html, null, writer, null, CancellationToken.None));

    /// <summary>The main content of a page, behind it what was left out.</summary>
    public static (string Text, string LeftOut) OfMain(string html)
    {
        var told = new List<string>();
        string text = Written(writer => HtmlText.Write(
            html, MainContent.Find(html, (kind, at) => told.Add(FormattableString.Invariant($"{kind} at {at}")), CancellationToken.None), writer, null, CancellationToken.None));
        return (text, string.Join(", ", told));
    }

    /// <param name="markdown">The document.</param>
    /// <param name="onTooDeep">Told where a piece begins that is nested too deeply.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static string OfMarkdown(string markdown, Action<long>? onTooDeep = null, CancellationToken cancellationToken = default) =>
        Written(writer => MarkdownText.Write(
            TextSource.FromString(markdown).Whole, writer, start => onTooDeep?.Invoke(start), _ => { }, cancellationToken));

    /// <summary>Runs it on a thread with a small stack, where a call for each level of a deep text would end the process.</summary>
    public static string OnSmallStack(Func<string> run)
    {
        string? result = null;
        var thread = new Thread(() => result = run(), 512 * 1024);
        thread.Start();
        thread.Join();
        return result!;
    }

    private static string Written(Action<BlockWriter> write)
    {
        using var spool = new TextSpool("t");
        var writer = new BlockWriter(spool.Write);
        write(writer);
        writer.Finish();
        using var source = spool.ToSource();
        return source.Whole.Decode();
    }
}
