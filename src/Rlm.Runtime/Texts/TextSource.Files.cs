using System.Text;
using Rlm.Runtime.Texts.Opening;

namespace Rlm;

/// <content>The file that a text is of, which may be on another machine.</content>
public abstract partial class TextSource
{
    /// <summary>Whether any stretch can be read by any thread at about the same cost, and asks for nothing elsewhere.</summary>
    internal virtual bool IsNear => true;

    /// <summary>The file that the text is made of, and what tells its reader from others; null where its bytes are the text.</summary>
    internal virtual (ListedFile File, string Reader)? MadeOf => null;

    /// <summary>Whether it is made of a file, so that its bytes are not those of the file.</summary>
    internal bool IsMadeOfFile => MadeOf is not null;

    /// <summary>What is another one when the bytes are others, of a file that tells it without being read; null where only they tell.</summary>
    internal virtual string? State => null;

    /// <summary>A file that is not on this machine, read where it is used, some MiB at a time, and kept in a temporary file.</summary>
    /// <param name="file">The file. A gzip, zstd or brotli one is its text.</param>
    /// <param name="encoding">What it is in where it has no byte order mark; null for UTF-8.</param>
    /// <param name="reader">Asked before the registered readers, for this file alone; null for none.</param>
    /// <exception cref="TextException">It cannot be read, is damaged, or is not a text.</exception>
    public static TextSource FromRemoteFile(IRlmRemoteFile file, Encoding? encoding = null, IRlmFileReader? reader = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return RemoteFiles.Open(file, encoding, reader);
    }

    /// <summary>Files that are not on this machine, as documents: what <see cref="FromDirectoryOrGlob"/> is for those of a directory.</summary>
    /// <remarks>The start of each is read now. Hidden files, those of hidden folders, and files that are not texts are skipped.</remarks>
    /// <param name="path">Where they are, which messages name; one with <c>*</c> or <c>?</c> tells which of them are wanted, by their names.</param>
    /// <param name="files">The files, in any order.</param>
    /// <param name="onSkipped">Told in one line what was left out, if anything was. Null for nobody.</param>
    /// <param name="encoding">What they are in where they have no byte order mark; null for UTF-8.</param>
    /// <param name="reader">Asked before the registered readers, for these files alone; null for none.</param>
    /// <exception cref="TextException">No file is left, or none can be read.</exception>
    public static IReadOnlyList<TextSource> FromRemoteFiles(
        string path, IReadOnlyList<IRlmRemoteFile> files, Action<string>? onSkipped = null, Encoding? encoding = null, IRlmFileReader? reader = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(files);
        return RemoteFiles.OpenAll(path, files, onSkipped, encoding, reader);
    }

    /// <summary>Says that nothing behind an offset will be read on to, where reading ahead costs something.</summary>
    internal virtual void BoundAhead(long end)
    {
    }
}
