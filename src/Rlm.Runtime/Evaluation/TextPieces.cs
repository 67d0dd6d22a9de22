using System.Text;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>
/// Cuts pieces of a decoded text, in order, and keeps them slices of its source where it is one itself. They read as its column does.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="decoded">The same, decoded.</param>
internal sealed class TextPieces(TextValue text, string decoded)
{
    // Bytes that are not UTF-8 decode to characters of another length, which would shift every slice after them.
    private readonly bool _isExact = text.Slice is { } slice && Encoding.UTF8.GetByteCount(decoded) == slice.Length;
    private int _atChar;
    private long _atByte;

    /// <summary>The piece; pieces are asked for in the order of their starts.</summary>
    public TextValue Cut(int start, int length)
    {
        if (!_isExact)
            return new TextValue(decoded.Substring(start, length), Provenance.SliceOf(text)) { Column = text.Column };

        _atByte += Encoding.UTF8.GetByteCount(decoded.AsSpan(_atChar, start - _atChar));
        _atChar = start;
        var slice = text.Slice!.Value;
        return new TextValue(new TextSlice(
            slice.Source, slice.Start + _atByte, Encoding.UTF8.GetByteCount(decoded.AsSpan(start, length))))
        { Column = text.Column };
    }
}
