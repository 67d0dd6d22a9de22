using Rlm.Runtime.Texts.Sources;

namespace Rlm.Files.Packages;

/// <summary>Reads XML, and refuses an element with so many attributes that telling them apart takes long.</summary>
internal sealed class TagStream(Stream xml) : ForwardStream(null)
{
    private const int MaxAttributes = 4096;

    private bool _isInTag;
    private byte _quote;
    private int _attributes;

    public override int Read(Span<byte> buffer)
    {
        int count = xml.Read(buffer);
        CountIn(buffer[..count]);
        return count;
    }

    private void CountIn(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            int at = !_isInTag ? bytes.IndexOf((byte)'<') : _quote != 0 ? bytes.IndexOf(_quote) : bytes.IndexOfAny("=\"'>"u8);
            if (at < 0)
                return;

            byte sign = bytes[at];
            bytes = bytes[(at + 1)..];
            if (!_isInTag)
                (_isInTag, _attributes) = (true, 0);
            else if (_quote != 0)
                _quote = 0;
            else if (sign is (byte)'"' or (byte)'\'')
                _quote = sign;
            else if (sign == '>')
                _isInTag = false;
            else if (++_attributes > MaxAttributes)
                throw new InvalidDataException(Invariant($"an element has more than {MaxAttributes:N0} attributes"));
        }
    }
}
