using System.Text;

namespace Rlm.Runtime.Texts.Markup;

/// <summary>The text of Markdown without its marks, read piece by piece. Code and front matter are kept as they are.</summary>
internal sealed class MarkdownText
{
    private const int MaxFrontMatterBytes = 64 * 1024;

    private readonly BlockWriter _writer;
    private readonly MarkdownPieces _pieces;

    // The mark that opened the block of code that is being read; none in the text.
    private byte _fence;
    private int _fenceLength;
    private int _fenceIndent;

    // What ends the block of HTML that is being left out; null in the text.
    private byte[]? _hiddenEnd;

    private MarkdownText(BlockWriter writer, Action<long> onTooDeep, CancellationToken cancellationToken)
    {
        _writer = writer;
        _pieces = new MarkdownPieces(writer, onTooDeep, cancellationToken);
    }

    /// <summary>Writes the text of a document or a part of one.</summary>
    /// <param name="slice">The document.</param>
    /// <param name="writer">Where its text goes.</param>
    /// <param name="onTooDeep">Told where a piece begins that is nested too deeply to be read; it is kept as it is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static void Write(TextSlice slice, BlockWriter writer, Action<long> onTooDeep, CancellationToken cancellationToken)
    {
        var text = new MarkdownText(writer, onTooDeep, cancellationToken);
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

        if (_fence == 0 && HiddenHtml.EndOf(line) is { } hiddenEnd)
        {
            _hiddenEnd = hiddenEnd;
            return;
        }

        var (fence, length, indent) = FenceOf(line, _fence);
        if (_fence == 0 && fence == 0)
        {
            _pieces.Add(line, start);
        }
        else if (_fence == 0)
        {
            _pieces.End();
            (_fence, _fenceLength, _fenceIndent) = (fence, length, indent);
            _writer.Break(2);
        }
        else if (fence == _fence && length >= _fenceLength)
        {
            _fence = 0;
            _writer.Break(2);
        }
        else
        {
            Verbatim(line[Math.Min(_fenceIndent, line.IndexOfAnyExcept((byte)' ') is var blanks and >= 0 ? blanks : line.Length)..]);
        }
    }

    /// <summary>Keeps the front matter of YAML or TOML at the start, without the lines around it, and tells where the text begins.</summary>
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

    /// <summary>The fence of a block of code that the line opens, or closes where one is open; none (0) for other lines.</summary>
    private static (byte Fence, int Length, int Indent) FenceOf(ReadOnlySpan<byte> line, byte open)
    {
        int indent = line.IndexOfAnyExcept((byte)' ');
        if (indent is < 0 or > 3 || line[indent] is not ((byte)'`' or (byte)'~'))
            return default;

        byte fence = line[indent];
        var rest = line[indent..].TrimStart(fence);
        int length = line.Length - indent - rest.Length;
        bool isFence = length >= 3 && (open == 0 ? fence == '~' || !rest.Contains((byte)'`') : !rest.ContainsAnyExcept(" \t"u8));
        return isFence ? (fence, length, indent) : default;
    }
}
