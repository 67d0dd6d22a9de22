using System.Text;

namespace Rlm.Runtime.Texts;

/// <summary>A text of any size, kept as UTF-8 bytes that are read when they are needed.</summary>
public abstract class TextSource(string name)
{
    /// <summary>What <c>cite</c> and <c>name</c> call it.</summary>
    public string Name { get; } = name;

    /// <summary>The length in bytes, without a byte order mark.</summary>
    public abstract long LengthBytes { get; }

    /// <summary>A text in memory.</summary>
    public static TextSource FromString(string text, string name = "text") => new StringSource(text, name);

    /// <summary>The number, from 1, of the line that holds the byte.</summary>
    internal abstract long LineAt(long byteOffset);

    /// <summary>Fills the destination with the bytes from there.</summary>
    internal abstract void Read(long start, Span<byte> destination);

    internal string Decode(long start, long length)
    {
        byte[] bytes = new byte[length];
        Read(start, bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private sealed class StringSource(string text, string name) : TextSource(name)
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

        public override long LengthBytes => _bytes.Length;

        internal override long LineAt(long byteOffset) => _bytes.AsSpan(0, (int)byteOffset).Count((byte)'\n') + 1;

        internal override void Read(long start, Span<byte> destination) => _bytes.AsSpan((int)start, destination.Length).CopyTo(destination);
    }
}
