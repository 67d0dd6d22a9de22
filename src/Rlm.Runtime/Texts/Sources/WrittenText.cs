using System.Text;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>A text that was written: a string while it is short, else UTF-8 in memory or in a temporary file.</summary>
internal sealed class WrittenText : IEquatable<WrittenText>
{
    private const int WindowBytes = 128 * 1024;

    private readonly TextSource? _source;
    private string? _text;

    public WrittenText(string text) => _text = text;

    public WrittenText(TextSource source) => _source = source;

    /// <summary>Whether it is a string.</summary>
    public bool IsShort => _source is null;

    /// <summary>Its bytes as a source.</summary>
    public TextSource ToSource() => _source ?? TextSource.FromString(_text!);

    /// <exception cref="TextException">The temporary file cannot be read.</exception>
    public void CopyTo(TextWriter writer)
    {
        if (_source is null)
        {
            writer.Write(_text.AsSpan());
            return;
        }

        var decoder = Encoding.UTF8.GetDecoder();
        byte[] bytes = new byte[WindowBytes];
        char[] chars = new char[WindowBytes + 1];
        for (long at = 0; at < _source.LengthBytes; at += WindowBytes)
        {
            var window = bytes.AsSpan(0, (int)Math.Min(WindowBytes, _source.LengthBytes - at));
            _source.ReadBytes(at, window);
            writer.Write(chars.AsSpan(0, decoder.GetChars(window, chars, flush: false)));
        }
    }

    /// <summary>The whole text.</summary>
    /// <exception cref="TextException">It has more bytes than a string may have.</exception>
    public override string ToString() => _text ??= _source!.Whole.Decode();

    public bool Equals(WrittenText? other) => ReferenceEquals(this, other)
        || (other is not null && ToSource().LengthBytes == other.ToSource().LengthBytes && ToString() == other.ToString());

    public override bool Equals(object? obj) => Equals(obj as WrittenText);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
