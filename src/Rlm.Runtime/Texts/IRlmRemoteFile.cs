namespace Rlm;

/// <summary>A file that is not on this machine, such as an object of a store, of which stretches can be read.</summary>
/// <remarks>
/// What was read is kept in a temporary file, so that nothing is read twice. Several threads read at a time. Once it was found, a file
/// has to stay as it is: reading throws where it did not.
/// </remarks>
public interface IRlmRemoteFile
{
    /// <summary>What <c>cite</c> calls it; of one of many its path among them, with slashes.</summary>
    string Name { get; }

    /// <summary>What messages call it, in full. The end tells readers what it is.</summary>
    string Path { get; }

    /// <summary>The length in bytes.</summary>
    long LengthBytes { get; }

    /// <summary>When it was changed last; null where nobody can tell.</summary>
    DateTime? ModifiedUtc { get; }

    /// <summary>What is another one when the bytes are others, such as an ETag. Journals mark contexts by it, and no byte is read for that.</summary>
    string State { get; }

    /// <summary>Reads a stretch, and hands it on in pieces, in order.</summary>
    /// <param name="offset">The first byte.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="take">Takes the next piece.</param>
    /// <param name="cancellationToken">Ends it; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="TextException">It cannot be read, or is not as it was when it was found.</exception>
    void Read(long offset, long length, Action<ReadOnlySpan<byte>> take, CancellationToken cancellationToken);
}
