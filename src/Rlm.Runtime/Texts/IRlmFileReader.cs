namespace Rlm;

/// <summary>Reads files of a format that is not text, such as PDF or a mailbox, as a text whose places are known.</summary>
/// <remarks>One reader serves all files of the process, on several threads.</remarks>
public interface IRlmFileReader
{
    /// <summary>What the reader makes of a file; null where it does not take it.</summary>
    /// <param name="path">Its path, or what a stream is called.</param>
    /// <param name="start">The first 512 bytes, or all that there are.</param>
    RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start);

    /// <summary>What tells apart what the reader makes of a file from what another would, such as a command; empty for nothing. Journals mark
    /// contexts by it.</summary>
    /// <param name="path">The file's path.</param>
    string IdentityOf(string path) => "";

    /// <summary>Writes the text of a file.</summary>
    /// <param name="path">Its path, or what a stream is called; it is not to be opened.</param>
    /// <param name="file">The file, from its start; it may not be able to seek.</param>
    /// <param name="text">Takes the text.</param>
    /// <exception cref="InvalidDataException">Nothing of the file can be read. The message says why and what to do, and goes on behind
    /// "which is not read:", as in "it is encrypted; give a copy without a password".</exception>
    void Read(string path, Stream file, IRlmFileText text);
}
