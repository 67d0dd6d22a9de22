namespace Rlm.Cli.Contexts.S3;

/// <summary>Puts the part of a shard into an object store, when it is whole.</summary>
internal static class S3Part
{
    /// <summary>One request takes no more.</summary>
    private const long MaxBytes = 5L << 30;

    private const int StartBytes = 64;

    /// <param name="path">The address.</param>
    /// <param name="contexts">Asks the store.</param>
    /// <param name="writeAsync">Writes the part to a file.</param>
    /// <param name="tell">Told where a part is kept that was not put.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TextException">There is something that is not a part, or it cannot be put.</exception>
    public static async Task<T> PutAsync<T>(
        string path, S3Contexts contexts, Func<string, Task<T>> writeAsync, Action<string> tell, CancellationToken cancellationToken)
    {
        var address = S3Address.Read(path);
        if (address.Key.Length == 0 || address.Key.EndsWith('/'))
            throw new TextException($"`{path}` names no object: write where the part goes, such as s3://{address.Bucket}/parts/3.part");
        var there = contexts.Client.FindObject(address, path);
        if (there is { LengthBytes: > 0 } && !IsPart(there))
            throw new TextException($"`{path}` is there, and is not the part of a shard; name another key, so that nothing is lost");

        string file = Path.Combine(Path.GetTempPath(), $"rlm-{Guid.NewGuid():N}.part");
        T written;
        try
        {
            written = await writeAsync(file).ConfigureAwait(false);
        }
        catch
        {
            File.Delete(file);
            throw;
        }

        // A shard that was interrupted has no part.
        if (!File.Exists(file))
            return written;
        try
        {
            if (new FileInfo(file).Length is var length and > MaxBytes)
                throw new TextException(Invariant($"the part has {length:N0} bytes, and an object store takes {MaxBytes:N0} at once"));
            contexts.Client.Put(address, file, isNew: there is null, cancellationToken);
        }
        catch (Exception exception) when (exception is TextException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            // What it holds may have been paid for.
            string kept = $"the part is kept in {file}; put it there with: aws s3 cp {Quote(file)} {Quote($"{address}")}";
            if (exception is not OperationCanceledException)
                throw new TextException($"{exception.Message}; {kept}", exception);
            tell(kept);
            throw;
        }

        File.Delete(file);
        return written;
    }

    /// <summary>A word as a shell takes it, whatever is in it.</summary>
    private static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsPart(S3File file)
    {
        var start = new MemoryStream();
        file.Read(0, Math.Min(StartBytes, file.LengthBytes), start.Write, CancellationToken.None);
        return RlmParts.IsPart(start.ToArray());
    }
}
