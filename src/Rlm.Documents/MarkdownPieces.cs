using System.Buffers;
using System.Text;

namespace Rlm.Documents;

/// <summary>Collects lines of Markdown until they are a piece that can be read alone: a blank line ends it, or its size does.</summary>
/// <remarks>
/// Readers of Markdown take more than linear time for texts made to that end; on pieces of bounded size it is linear again.
/// </remarks>
/// <param name="writer">Where the text goes.</param>
/// <param name="onTooDeep">Told where a piece begins that is nested too deeply; it is kept as it is written.</param>
/// <param name="cancellationToken">Ends it before the next piece.</param>
internal sealed class MarkdownPieces(BlockWriter writer, Action<long> onTooDeep, CancellationToken cancellationToken)
{
    private const int GoodBytes = 4 * 1024;
    private const int MaxBytes = 8 * 1024;

    private readonly ArrayBufferWriter<byte> _piece = new(MaxBytes);
    private long _start;
    private bool _endsBlank;

    /// <param name="line">The line without its line end.</param>
    /// <param name="start">The offset of its first byte.</param>
    public void Add(ReadOnlySpan<byte> line, long start)
    {
        bool isBlank = !line.ContainsAnyExcept(" \t\r"u8);
        // An indented line may belong to an item that began before the blank line.
        if (_endsBlank && _piece.WrittenCount >= GoodBytes && !isBlank && line is not [(byte)' ' or (byte)'\t', ..])
            End();
        if (isBlank && _piece.WrittenCount is 0 or >= MaxBytes)
            return;

        for (int length; line.Length > 0; line = line[length..], start += length)
        {
            length = line.Length <= MaxBytes ? line.Length : FindCut(line);
            if (_piece.WrittenCount + length > MaxBytes)
                Cut();
            if (_piece.WrittenCount == 0)
                _start = start;
            _piece.Write(line[..length]);
        }

        _piece.Write("\n"u8);
        _endsBlank = isBlank;
    }

    public void End()
    {
        if (_piece.WrittenCount == 0)
            return;

        cancellationToken.ThrowIfCancellationRequested();
        string markdown = Encoding.UTF8.GetString(_piece.WrittenSpan);
        if (!MarkdownBlocks.TryWrite(markdown, writer))
        {
            onTooDeep(_start);
            writer.Break(2);
            writer.Verbatim(markdown);
        }

        _piece.ResetWrittenCount();
        _endsBlank = false;
    }

    /// <summary>Ends a piece where nothing ends, within a paragraph or a line.</summary>
    private void Cut()
    {
        byte last = _piece.WrittenSpan[^1];
        bool isBlank = _endsBlank;
        End();
        writer.Join(isBlank ? 2 : last == '\n' ? 1 : 0);
        if (last == ' ')
            writer.Text(" ");
    }

    /// <summary>Where the first part of a line ends best: after a blank, else before a code point.</summary>
    private static int FindCut(ReadOnlySpan<byte> line)
    {
        int blank = line[..MaxBytes].LastIndexOf((byte)' ');
        if (blank > 0)
            return blank + 1;

        int end = MaxBytes;
        while (end > MaxBytes - 3 && (line[end] & 0xC0) == 0x80)
            end--;
        return end;
    }
}
