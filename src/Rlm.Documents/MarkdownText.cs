using System.Text;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Documents;

/// <summary>The text of Markdown without its marks, read piece by piece. Code and front matter are kept as they are.</summary>
internal sealed class MarkdownText
{
    private const int MaxFrontMatterBytes = 64 * 1024;

    private readonly BlockWriter _writer;
    private readonly MarkdownPieces _pieces;

    private readonly CodeFence _fence = new();
    private readonly Action<long> _onTable;
    private bool _lastHasBar;

    // What ends the block of HTML that is being left out; null in the text.
    private byte[]? _hiddenEnd;

    private MarkdownText(BlockWriter writer, Action<long> onTooDeep, Action<long> onTable, CancellationToken cancellationToken)
    {
        _writer = writer;
        _onTable = onTable;
        _pieces = new MarkdownPieces(writer, onTooDeep, cancellationToken);
    }

    /// <summary>Writes the text of a document or a part of one.</summary>
    /// <param name="slice">The document.</param>
    /// <param name="writer">Where its text goes.</param>
    /// <param name="onTooDeep">Told where a piece begins that is nested too deeply to be read; it is kept as it is written.</param>
    /// <param name="onTable">Told where a table stands, whose lines are kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static void Write(
        TextSlice slice, BlockWriter writer, Action<long> onTooDeep, Action<long> onTable, CancellationToken cancellationToken)
    {
        var text = new MarkdownText(writer, onTooDeep, onTable, cancellationToken);
        long body = text.FrontMatter(slice);
        using var lines = new LineScanner(slice with { Start = body, Length = slice.End - body }, cancellationToken);
        while (lines.MoveNext())
            text.Line(lines.Bytes, lines.Start);
        text._pieces.End();
    }

    private void Line(ReadOnlySpan<byte> line, long start)
    {
        if (_hiddenEnd is not null)
        {
            int end = HiddenHtml.IndexAfter(line, _hiddenEnd);
            if (end < 0)
                return;

            _hiddenEnd = null;
            // What follows on the line is HTML still, as it is after a comment.
            _pieces.Add([.. "<!-- -->"u8, .. line[end..]], start + end);
            return;
        }

        bool isCode = _fence.IsOpen;
        if (!isCode && HiddenHtml.EndOf(line) is { } hiddenEnd)
        {
            _hiddenEnd = hiddenEnd;
            return;
        }

        if (_fence.Follow(line))
        {
            if (!isCode)
                _pieces.End();
            _writer.Break(2);
        }
        else if (isCode)
        {
            Verbatim(line[Math.Min(_fence.Indent, line.IndexOfAnyExcept((byte)' ') is var blanks and >= 0 ? blanks : line.Length)..]);
        }
        else
        {
            bool hasBar = line.Contains((byte)'|');
            if (hasBar && _lastHasBar && line.Contains((byte)'-') && !line.ContainsAnyExcept("|-: \t"u8))
                _onTable(start);
            _lastHasBar = hasBar;
            _pieces.Add(line, start);
        }
    }

    /// <summary>
    /// Keeps the front matter of YAML or TOML at the start, without the lines around it, and tells where the text begins.
    /// </summary>
    private long FrontMatter(TextSlice slice)
    {
        using var lines = new LineScanner(slice with { Length = Math.Min(slice.Length, MaxFrontMatterBytes) });
        if (!lines.MoveNext() || lines.Bytes.TrimEnd((byte)' ') is var mark && !mark.SequenceEqual("---"u8) && !mark.SequenceEqual("+++"u8))
            return slice.Start;

        byte sign = mark[0];
        long start = lines.Next;
        // A line of dashes before a blank one is a break between paragraphs.
        if (!lines.MoveNext() || lines.IsBlank)
            return slice.Start;

        do
        {
            var line = lines.Bytes.TrimEnd((byte)' ');
            if (line.Length != 3 || line.ContainsAnyExcept(sign) && !line.SequenceEqual("..."u8))
                continue;

            using var kept = new LineScanner(slice with { Start = start, Length = lines.Start - start });
            while (kept.MoveNext())
                Verbatim(kept.Bytes);
            _writer.Break(2);
            return lines.Next;
        }
        while (lines.MoveNext());
        return slice.Start;
    }

    private void Verbatim(ReadOnlySpan<byte> line)
    {
        _writer.Verbatim(Encoding.UTF8.GetString(line));
        _writer.Verbatim("\n");
    }
}
