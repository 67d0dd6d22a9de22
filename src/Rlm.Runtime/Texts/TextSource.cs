namespace Rlm.Runtime.Texts;

/// <summary>A text of any size, kept as UTF-8 bytes that are read when they are needed.</summary>
public abstract class TextSource(string name)
{
    /// <summary>What <c>cite</c> and <c>name</c> call it.</summary>
    public string Name { get; } = name;

    /// <summary>The length in bytes, without a byte order mark.</summary>
    public abstract long LengthBytes { get; }

    /// <summary>A text in memory.</summary>
    public static TextSource FromString(string text, string name = "text") => throw new NotImplementedException();

    internal string Decode(long start, long length) => throw new NotImplementedException();
}
