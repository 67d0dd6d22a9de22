using System.Text;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>Byte offsets of a decoded text's characters, for places asked in ascending order.</summary>
/// <remarks>Each invalid stretch decodes to one replacement character, as <see cref="Encoding.UTF8"/> does it.</remarks>
internal ref struct CharacterMap(ReadOnlySpan<byte> bytes, int characterCount)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly bool _isAscii = bytes.Length == characterCount && Ascii.IsValid(bytes);
    private int _character;
    private int _byte;

    /// <summary>The offset of a character's first byte; the text's length for the place after the last.</summary>
    public int OffsetOf(int character)
    {
        if (_isAscii)
            return character;

        if (character < _character)
            (_character, _byte) = (0, 0);
        while (_character < character && _byte < _bytes.Length)
        {
            Rune.DecodeFromUtf8(_bytes[_byte..], out var rune, out int consumed);
            _byte += consumed;
            _character += rune.Utf16SequenceLength;
        }

        return _byte;
    }
}
