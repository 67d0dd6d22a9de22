using System.Text;
using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Lsp;

/// <summary>A text as an editor counts it: lines that end at LF, CRLF or CR, and places in them in UTF-16 units or in bytes of UTF-8.</summary>
internal sealed class TextLines
{
    private readonly List<int> _starts = [0];
    private readonly bool _countsBytes;

    public TextLines(string text, bool countsBytes)
    {
        (Text, _countsBytes) = (text, countsBytes);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
                _starts.Add(i + 1);
        }
    }

    public string Text { get; }

    /// <summary>The offset of a place; one behind a line's or the text's end is that end.</summary>
    public int OffsetOf(LspPosition position)
    {
        if (position.Line < 0 || position.Character < 0)
            throw new RpcException(RpcException.InvalidParams, "a line and a character are at least 0");
        if (position.Line >= _starts.Count)
            return Text.Length;

        int start = _starts[position.Line];
        var line = Text.AsSpan(start, EndOf(position.Line) - start);
        int offset = 0;
        for (int units = 0; offset < line.Length;)
        {
            _ = Rune.DecodeFromUtf16(line[offset..], out var rune, out int length);
            units += _countsBytes ? rune.Utf8SequenceLength : length;
            if (units > position.Character)
                break;
            offset += length;
        }

        return start + offset;
    }

    /// <summary>The place of an offset; within a line's end it is that of the end.</summary>
    public LspPosition PositionOf(int offset)
    {
        int index = _starts.BinarySearch(offset), line = index >= 0 ? index : ~index - 1, start = _starts[line];
        var before = Text.AsSpan(start, Math.Min(offset, EndOf(line)) - start);
        return new(line, _countsBytes ? Encoding.UTF8.GetByteCount(before) : before.Length);
    }

    public LspRange RangeOf(SourceSpan span) => new(PositionOf(span.Start), PositionOf(span.End));

    /// <summary>The stretch of a range, whichever of its ends comes first.</summary>
    public SourceSpan SpanOf(LspRange range)
    {
        if (range is not { Start: { } start, End: { } end })
            throw new RpcException(RpcException.InvalidParams, "a range has a start and an end");

        int from = OffsetOf(start), to = OffsetOf(end);
        return SourceSpan.Between(Math.Min(from, to), Math.Max(from, to));
    }

    /// <summary>The text with a change; places are those of this text.</summary>
    public TextLines Apply(LspChange change)
    {
        if (change.Text is not { } text)
            throw new RpcException(RpcException.InvalidParams, "a change has no text");

        return new(change.Range is { } range ? new DiagnosticFix(SpanOf(range), text).Apply(Text) : text, _countsBytes);
    }

    /// <summary>The one edit that makes another text of this, of whole lines: none where they are equal.</summary>
    public IReadOnlyList<LspEdit> FindEdit(string text)
    {
        if (text == Text)
            return [];

        int same = Text.AsSpan().CommonPrefixLength(text), behind = 0, shorter = Math.Min(Text.Length, text.Length);
        int start = same == 0 ? 0 : Text.LastIndexOf('\n', same - 1) + 1;
        while (behind < shorter - start && Text[^(behind + 1)] == text[^(behind + 1)])
            behind++;
        int end = Text.IndexOf('\n', Text.Length - behind) + 1;
        end = end == 0 ? Text.Length : end;
        return [new LspEdit(RangeOf(SourceSpan.Between(start, end)), text[start..(text.Length - (Text.Length - end))])];
    }

    private int EndOf(int line)
    {
        int end = line + 1 < _starts.Count ? _starts[line + 1] : Text.Length;
        while (end > _starts[line] && Text[end - 1] is '\n' or '\r')
            end--;
        return end;
    }
}
