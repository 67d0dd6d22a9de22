using System.Text;

namespace Rlm.Runtime.Texts.Opening;

/// <summary>A file of a folder, on this machine or elsewhere.</summary>
/// <param name="path">What messages call it.</param>
/// <param name="name">What <c>cite</c> calls it.</param>
internal abstract class ListedFile(string path, string name)
{
    public string Path => path;

    public string Name => name;

    /// <summary>The length in bytes; 0 for one that is not there any more.</summary>
    public abstract long LengthBytes { get; }

    /// <summary>Whether it is there, and has nothing in it.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>What is another one when the bytes are others; null where only they tell.</summary>
    public virtual string? State => null;

    /// <summary>The first bytes, at most so many.</summary>
    /// <exception cref="TextException">They cannot be read.</exception>
    public abstract byte[] ReadStart(int most);

    /// <summary>The text.</summary>
    /// <param name="keepOpen">Whether it stays open, or is opened at each read, as one of many.</param>
    /// <param name="encoding">What it is in where it has no byte order mark; null for UTF-8.</param>
    /// <param name="first">A reader that is asked before the registered ones; null for none.</param>
    /// <exception cref="TextException">It cannot be read, or is not a text.</exception>
    public abstract TextSource Open(bool keepOpen, Encoding? encoding, IRlmFileReader? first);

    /// <summary>The bytes, whatever it is, read where they are used.</summary>
    public abstract TextSource OpenBytes();
}
