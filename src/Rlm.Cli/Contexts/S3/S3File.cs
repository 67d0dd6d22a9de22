namespace Rlm.Cli.Contexts.S3;

/// <summary>An object of a store, as it was when it was found.</summary>
/// <param name="client">Asks the store.</param>
/// <param name="address">Where it is.</param>
/// <param name="name">What <c>cite</c> calls it.</param>
/// <param name="lengthBytes">Its length.</param>
/// <param name="etag">What is another one when it changed, with its quotes.</param>
/// <param name="modifiedUtc">When it was changed last.</param>
internal sealed class S3File(S3Client client, S3Address address, string name, long lengthBytes, string etag, DateTime? modifiedUtc) : IRlmRemoteFile
{
    public string Name => name;

    public string Path => address.ToString();

    public long LengthBytes => lengthBytes;

    public DateTime? ModifiedUtc => modifiedUtc;

    public string State => etag;

    public void Read(long offset, long length, Action<ReadOnlySpan<byte>> take, CancellationToken cancellationToken) =>
        client.Read(address, etag, offset, length, take, cancellationToken);
}
