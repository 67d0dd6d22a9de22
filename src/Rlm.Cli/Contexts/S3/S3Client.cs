using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Rlm.Cli.Contexts.S3;

/// <summary>Asks an object store, and asks again where it is busy or a connection is cut.</summary>
/// <param name="settings">Which store, and with what.</param>
/// <param name="pauses">How long to wait before it is asked again.</param>
internal sealed class S3Client(S3Settings settings, ModelClientOptions pauses)
{
    private const int MostTries = 6;
    private const int BufferBytes = 128 * 1024;
    private const int MostAnswerBytes = 16 << 20;
    private const int MostFailureBytes = 64 << 10;

    private readonly HttpMessageInvoker _http = ModelHttp.CreateClient();

    /// <summary>The object of a key; null where the store says that there is none.</summary>
    /// <exception cref="TextException">The store says anything else.</exception>
    public S3File? FindObject(S3Address address, string name)
    {
        using var answer = Send(HttpMethod.Head, address, [], [], null, CancellationToken.None);
        var response = answer.Response;
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (!response.IsSuccessStatusCode)
            return FindRefused(address, name, response);
        if (response.Content.Headers.ContentLength is not { } length || ETagOf(response) is not { } etag)
            throw new TextException($"`{address}`: the object store tells no length or no ETag of it, which rlm needs");
        return S3Entry.IsLength(length)
            ? new(this, address, name, length, etag, response.Content.Headers.LastModified?.UtcDateTime)
            : throw new TextException(Invariant($"`{address}`: the object store tells a length of {length:N0} bytes, and no object has so many"));
    }

    /// <summary>The objects whose keys begin so, page by page, in the order of their keys. Keys that end with a slash stand for folders.</summary>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="named">How much of the key the name goes without.</param>
    public S3Listing List(S3Address prefix, int named)
    {
        var files = new List<S3File>();
        var leftOut = new List<string>();
        byte[] last = [];
        bool wasEmpty = false;
        string? token = null;
        do
        {
            var page = ReadPage(prefix, token is null ? [] : [("continuation-token", token)]);
            foreach (var entry in page.Entries)
            {
                // What comes again, or goes back, may go on for ever, and may lack what is between.
                byte[] key = Encoding.UTF8.GetBytes(entry.Key);
                if (key.AsSpan().SequenceCompareTo(last) <= 0)
                    throw new TextException($"`{prefix}`: the list of the object store has `{entry.Key}` again, or not in the order of keys, which rlm needs");
                last = key;
                if (!entry.Key.EndsWith('/'))
                    files.Add(FileOf(prefix, entry, entry.Key[named..]));
                else if (entry.Length > 0)
                    leftOut.Add(entry.Key);
            }

            token = page.Next;
            bool isEmpty = page.Entries.Count == 0;
            if (token is not null && isEmpty && wasEmpty)
                throw new TextException($"`{prefix}`: the object store gives page after page of its list with nothing on it; run again later");
            wasEmpty = isEmpty;
        }
        while (token is not null);
        return new(files, leftOut);
    }

    /// <summary>Reads a stretch of an object that has to be the one that was found; what is cut is read on.</summary>
    public void Read(
        S3Address address, string etag, long offset, long length, Action<ReadOnlySpan<byte>> take, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        long done = 0;
        for (int fruitless = 0; done < length;)
        {
            long before = done;
            string? cut = null;
            try
            {
                using var answer = Send(
                    HttpMethod.Get, address, [], [("if-match", etag), ("range", Invariant($"bytes={offset + done}-{offset + length - 1}"))], null,
                    cancellationToken);
                RequireStretch(address, etag, offset + done, answer);
                using var body = answer.Response.Content.ReadAsStream(cancellationToken);
                while (done < length && answer.Read(body, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done))) is > 0 and var count)
                {
                    take(buffer.AsSpan(0, count));
                    done += count;
                }
            }
            catch (Exception exception) when (IsCut(exception, cancellationToken))
            {
                cut = exception.Message;
            }

            fruitless = done > before ? 0 : fruitless + 1;
            if (fruitless == MostTries)
                throw new TextException($"`{address}` cannot be read: {cut ?? "it ended early"}");
            if (done < length)
                Pause(fruitless, cancellationToken);
        }
    }

    /// <summary>Puts a file as an object, whole or not at all.</summary>
    /// <param name="address">Where it goes.</param>
    /// <param name="path">The file.</param>
    /// <param name="isNew">Whether nothing was there, and nothing that came since is replaced.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void Put(S3Address address, string path, bool isNew, CancellationToken cancellationToken)
    {
        string hash;
        using (var file = File.OpenRead(path))
            hash = Convert.ToHexStringLower(SHA256.HashData(file));
        using var answer = Send(HttpMethod.Put, address, [], isNew ? [("if-none-match", "*")] : [], (path, hash), cancellationToken);
        if (answer.Response.IsSuccessStatusCode)
            return;
        if (!isNew || answer.Response.StatusCode != HttpStatusCode.PreconditionFailed)
            throw ReadFailure(address, answer);
        // Where the answer to a first try was lost, it is this file that is there.
        if (!Holds(address, hash, cancellationToken))
            throw new TextException($"`{address}` was written by somebody else meanwhile; name another key, so that nothing is lost");
    }

    /// <summary>What a key holds whose HEAD is refused: its answer has no body, and what is wrong tells the list.</summary>
    private S3File FindRefused(S3Address address, string name, HttpResponseMessage response)
    {
        // Of the keys that begin so, the shortest is the first.
        if (!S3Failure.IsPassing(response.StatusCode)
            && ReadPage(address, [("max-keys", "1")]).Entries.FirstOrDefault(entry => entry.Key == address.Key) is { } entry
            && response.StatusCode == HttpStatusCode.Forbidden)
        {
            return FileOf(address, entry, name);
        }

        throw S3Failure.Read(address, response, "", settings);
    }

    private S3File FileOf(S3Address prefix, S3Entry entry, string name) =>
        new(this, prefix with { Key = entry.Key }, name, entry.Length, entry.ETag, entry.ModifiedUtc);

    private S3ListPage ReadPage(S3Address prefix, IEnumerable<(string, string)> more)
    {
        List<(string, string)> query = [("list-type", "2"), ("encoding-type", "url"), ("prefix", prefix.Key), .. more];
        for (int tries = 1; ; tries++)
        {
            try
            {
                using var answer = Send(HttpMethod.Get, prefix with { Key = "" }, query, [], null, CancellationToken.None);
                if (!answer.Response.IsSuccessStatusCode)
                    throw ReadFailure(prefix, answer);
                string body = answer.ReadText(MostAnswerBytes, out bool isWhole);
                return isWhole ? S3ListPage.Read(prefix, body) : throw new TextException($"`{prefix}`: a page of the list of the object store is too long");
            }
            catch (Exception exception) when (IsCut(exception, CancellationToken.None))
            {
                if (tries == MostTries)
                    throw new TextException($"`{prefix}`: the list of the object store cannot be read: {exception.Message}", exception);
            }

            Pause(tries, CancellationToken.None);
        }
    }

    private bool Holds(S3Address address, string hash, CancellationToken cancellationToken)
    {
        if (FindObject(address, address.Key) is not { } there)
            return false;
        using var read = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        there.Read(0, there.LengthBytes, read.AppendData, cancellationToken);
        return Convert.ToHexStringLower(read.GetHashAndReset()) == hash;
    }

    /// <summary>What a store says in place of an answer. What does not come is not waited for.</summary>
    private TextException ReadFailure(S3Address address, S3Answer answer)
    {
        string body;
        try
        {
            body = answer.ReadText(MostFailureBytes, out _);
        }
        catch (Exception exception) when (IsCut(exception, CancellationToken.None))
        {
            body = "";
        }

        return S3Failure.Read(address, answer.Response, body, settings);
    }

    /// <summary>Requires that an answer is the stretch that was asked for, of the object that was found.</summary>
    private void RequireStretch(S3Address address, string etag, long offset, S3Answer answer)
    {
        var response = answer.Response;
        if (!response.IsSuccessStatusCode && response.StatusCode is not HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw response.StatusCode == HttpStatusCode.NotFound
                ? new TextException($"`{address}` is gone since it was found; run again with what there is")
                : ReadFailure(address, answer);
        }

        // Not every store heeds If-Match.
        if (response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable || (ETagOf(response) is { } now && now != etag))
            throw new TextException($"`{address}` changed while it was read: it was written to; run again when it is complete");
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != offset)
            throw new TextException($"`{address}`: the object store does not give a stretch of an object, which rlm needs");
    }

    private static string? ETagOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("ETag", out var values) && values.First() is { Length: > 0 } etag ? S3Entry.Quote(etag) : null;

    private static bool IsCut(Exception exception, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested
        && exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Sends a request until it has an answer that is not of a passing trouble, or too often.</summary>
    private S3Answer Send(
        HttpMethod method, S3Address address, List<(string Name, string Value)> query, List<(string Name, string Value)> headers,
        (string Path, string Hash)? body, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                var answer = SendOnce(method, address, query, headers, body, cancellationToken);
                if (tries == MostTries || !S3Failure.IsPassing(answer.Response.StatusCode))
                    return answer;
                answer.Dispose();
            }
            catch (Exception exception) when (IsCut(exception, cancellationToken))
            {
                if (tries == MostTries)
                    throw new TextException($"`{address}`: the object store cannot be reached: {exception.Message}", exception);
            }

            Pause(tries, cancellationToken);
        }
    }

    private S3Answer SendOnce(
        HttpMethod method, S3Address address, List<(string Name, string Value)> query, List<(string Name, string Value)> headers,
        (string Path, string Hash)? body, CancellationToken cancellationToken)
    {
        var (origin, path) = settings.Locate(address.Bucket, S3Signature.WritePath(address.Key));
        string asked = S3Signature.WriteQuery(query);
        // A key may have `..` in it, which is one like any other.
        var url = new Uri(
            $"{origin}{path}{(asked.Length > 0 ? $"?{asked}" : "")}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        string time = S3Signature.WriteTime(TimeProvider.System.GetUtcNow()), hash = body?.Hash ?? S3Signature.EmptyHash;
        List<(string Name, string Value)> signed =
            [.. headers, ("host", url.Authority), ("x-amz-content-sha256", hash), ("x-amz-date", time)];
        if (settings.Keys.Token is { } token)
            signed.Add(("x-amz-security-token", token));

        using var request = new HttpRequestMessage(method, url);
        foreach (var (name, value) in signed)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation(
            "Authorization", S3Signature.Sign(method.Method, path, asked, signed, hash, settings.Keys, settings.Region, "s3", time));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("rlm", RlmCli.Version));
        long sentBytes = 0;
        if (body is { } put)
        {
            var file = File.OpenRead(put.Path);
            sentBytes = file.Length;
            request.Content = new StreamContent(file);
        }

        return S3Answer.Await(_http, request, S3Answer.PatienceOf(sentBytes), cancellationToken);
    }

    private void Pause(int tries, CancellationToken cancellationToken)
    {
        var pause = pauses.FirstDelay * Math.Pow(2, Math.Max(0, tries - 1));
        cancellationToken.WaitHandle.WaitOne(pause < pauses.MaxDelay ? pause : pauses.MaxDelay);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
