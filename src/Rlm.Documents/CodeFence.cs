namespace Rlm.Documents;

/// <summary>Follows the lines of a Markdown text and knows which are in blocks of code.</summary>
internal sealed class CodeFence
{
    // The mark that opened the block that is being read; none in the text.
    private byte _mark;
    private int _length;

    /// <summary>Whether a block is open behind the last line.</summary>
    public bool IsOpen => _mark != 0;

    /// <summary>How many blanks stand before the mark that opened the block.</summary>
    public int Indent { get; private set; }

    /// <summary>Goes on to a line; true where it opens or closes a block.</summary>
    public bool Follow(ReadOnlySpan<byte> line)
    {
        var (mark, length, indent) = MarkOf(line);
        if (mark == 0 || (IsOpen && (mark != _mark || length < _length)))
            return false;

        (_mark, _length, Indent) = IsOpen ? default : (mark, length, indent);
        return true;
    }

    private (byte Mark, int Length, int Indent) MarkOf(ReadOnlySpan<byte> line)
    {
        int indent = line.IndexOfAnyExcept((byte)' ');
        if (indent is < 0 or > 3 || line[indent] is not ((byte)'`' or (byte)'~'))
            return default;

        byte mark = line[indent];
        var rest = line[indent..].TrimStart(mark);
        int length = line.Length - indent - rest.Length;
        bool isFence = length >= 3 && (IsOpen ? !rest.ContainsAnyExcept(" \t"u8) : mark == '~' || !rest.Contains((byte)'`'));
        return isFence ? (mark, length, indent) : default;
    }
}
