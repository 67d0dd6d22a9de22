using System.Text;

namespace Rlm.Cli.Contexts.S3;

/// <summary>Finds what <c>s3://</c> addresses name, and opens it as contexts.</summary>
/// <param name="host">Where keys are said, and how long to wait.</param>
internal sealed class S3Contexts(CliHost host)
{
    private readonly Lazy<S3Client> _client = new(() => new S3Client(S3Settings.Read(host.Variable), host.ModelOptions));

    public S3Client Client => _client.Value;

    /// <summary>Opens an address: an object where there is one of that key, else what begins so.</summary>
    /// <returns>The texts, and whether they are documents.</returns>
    public (IReadOnlyList<TextSource> Texts, bool AreDocuments) Open(string path, Action<string> tell, Encoding? encoding, IRlmFileReader reader)
    {
        var (one, many) = Find(path);
        if (one is null)
        {
            if (many.LeftOut.Count > 0)
                tell(Tell(path, many));
            return (TextSource.FromRemoteFiles(path, many.Files, tell, encoding, reader), true);
        }

        var text = TextSource.FromRemoteFile(one, encoding, reader);
        return text.Documents is { } documents ? (documents, true) : ([text], false);
    }

    /// <summary>All that an address names.</summary>
    /// <exception cref="TextException">That is nothing, or the store does not give it.</exception>
    public IReadOnlyList<IRlmRemoteFile> FindAll(string path) => Find(path) is var (one, many) && one is not null ? [one] : many.Files;

    private (IRlmRemoteFile? One, S3Listing Many) Find(string path)
    {
        var address = S3Address.Read(path);
        string key = address.Key;
        if (key.Length > 0 && !key.EndsWith('/') && Client.FindObject(address, path) is { } one)
            return (one, new([], []));

        var many = key.AsSpan().IndexOfAny('*', '?') is var wild and >= 0 ? List(address, key[..wild])
            : key.Length == 0 || key.EndsWith('/') ? List(address, key)
            : List(address, $"{key}/") is { Files.Count: > 0 } folder ? folder
            : List(address, key);
        return many.Files.Count > 0
            ? (null, many)
            : throw new TextException(many.LeftOut.Count > 0
                ? Tell(path, many)
                : $"`{path}` does not exist: there is no such key, and none that begins so");
    }

    /// <summary>The objects of a prefix, named from its last slash on.</summary>
    private S3Listing List(S3Address address, string prefix) =>
        Client.List(address with { Key = prefix }, prefix.LastIndexOf('/') + 1);

    private static string Tell(string path, S3Listing listing) => Invariant(
        $"`{path}`: left out: keys that end with a slash, and hold something: {listing.LeftOut.Count:N0}, such as `{listing.LeftOut[0]}`");
}
