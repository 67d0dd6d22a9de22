using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Rlm.Cli.Contexts.S3;

/// <summary>Asks an object store, and asks again where it is busy or a connection is cut.</summary>
/// <param name="settings">Which store, and with what.</param>
/// <param name="pauses">How long to wait before it is asked again.</param>
internal sealed class S3Client(S3Settings settings, ModelClientOptions pauses)
{
    private const int MostTries = 6;
    private const int BufferBytes = 128 * 1024;
    private const int MostAnswerBytes = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpMessageInvoker _http = ModelHttp.CreateClient();

    /// <summary>The object of a key; null where there is none, or none that these keys may see.</summary>
    public S3File? FindObject(S3Address address, string name)
    {
        using var answer = Send(HttpMethod.Head, address, [], [], null, CancellationToken.None);
        var response = answer.Response;
        // The answer has no body: what is wrong with any other tells the list that is asked for next.
        if (!response.IsSuccessStatusCode)
            return null;
        return response.Content.Headers.ContentLength is { } length && ETagOf(response) is { } etag
            ? new(this, address, name, length, etag, response.Content.Headers.LastModified?.UtcDateTime)
            : throw new TextException($"`{address}`: the object store tells no length or no ETag of it, which rlm needs");
    }

    /// <summary>The objects whose keys begin so, page by page, in the order of their keys. Keys that end with a slash stand for folders.</summary>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="named">How much of the key the name goes without.</param>
    public List<S3File> List(S3Address prefix, int named)
    {
        var files = new List<S3File>();
        string? token = null;
        do
        {
            List<(string, string)> query = [("list-type", "2"), ("encoding-type", "url"), ("prefix", prefix.Key)];
            if (token is not null)
                query.Add(("continuation-token", token));
            using var answer = Send(HttpMethod.Get, prefix with { Key = "" }, query, [], null, CancellationToken.None);
            string body = ReadAnswer(answer);
            if (!answer.Response.IsSuccessStatusCode)
                throw S3Failure.Read(prefix, answer.Response, body, settings);

            var leaves = S3Xml.ReadLeaves(body);
            bool isEncoded = S3Xml.Find(leaves, "EncodingType") == "url";
            files.AddRange(ReadEntries(leaves)
                .Select(entry => isEncoded ? entry with { Key = WebUtility.UrlDecode(entry.Key) } : entry)
                .Where(static entry => !entry.Key.EndsWith('/'))
                .Select(entry => new S3File(this, prefix with { Key = entry.Key }, entry.Key[named..], entry.Length, entry.ETag, entry.Modified)));
            string? next = S3Xml.Find(leaves, "IsTruncated") == "true" ? S3Xml.Find(leaves, "NextContinuationToken") : null;
            token = next is null || next != token ? next : throw new TextException($"`{prefix}`: the object store gives the same page of its list again");
        }
        while (token is not null);
        return files;
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
    public void Put(S3Address address, string path, CancellationToken cancellationToken)
    {
        string hash;
        using (var file = File.OpenRead(path))
            hash = Convert.ToHexStringLower(SHA256.HashData(file));
        using var answer = Send(HttpMethod.Put, address, [], [], (path, hash), cancellationToken);
        if (!answer.Response.IsSuccessStatusCode)
            throw S3Failure.Read(address, answer.Response, ReadAnswer(answer), settings);
    }

    private static IEnumerable<(string Key, long Length, string ETag, DateTime? Modified)> ReadEntries(
        IEnumerable<(string Parent, string Name, string Text)> leaves)
    {
        var entry = (Key: "", Length: 0L, ETag: "", Modified: (DateTime?)null);
        foreach (var (parent, name, text) in leaves)
        {
            if (parent != "Contents")
                continue;

            if (name == "Key" && entry.Key.Length > 0)
                yield return entry;
            entry = name switch
            {
                "Key" => (text, 0, "", null),
                "Size" => entry with { Length = long.Parse(text, CultureInfo.InvariantCulture) },
                "ETag" => entry with { ETag = Quote(text) },
                "LastModified" => entry with
                {
                    Modified = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime : null,
                },
                _ => entry,
            };
        }

        if (entry.Key.Length > 0)
            yield return entry;
    }

    /// <summary>Requires that an answer is the stretch that was asked for, of the object that was found.</summary>
    private void RequireStretch(S3Address address, string etag, long offset, S3Answer answer)
    {
        var response = answer.Response;
        if (!response.IsSuccessStatusCode && response.StatusCode is not HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw response.StatusCode == HttpStatusCode.NotFound
                ? new TextException($"`{address}` is gone since it was found; run again with what there is")
                : S3Failure.Read(address, response, ReadAnswer(answer), settings);
        }

        // Not every store heeds If-Match.
        if (response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable || (ETagOf(response) is { } now && now != etag))
            throw new TextException($"`{address}` changed while it was read: it was written to; run again when it is complete");
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != offset)
            throw new TextException($"`{address}`: the object store does not give a stretch of an object, which rlm needs");
    }

    private static string? ETagOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("ETag", out var values) && values.First() is { Length: > 0 } etag ? Quote(etag) : null;

    /// <summary>An ETag as one is asked for: some stores tell it without its quotes.</summary>
    private static string Quote(string etag) => etag.EndsWith('"') ? etag : $"\"{etag}\"";

    private static bool IsCut(Exception exception, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested
        && exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException;

    private static string ReadAnswer(S3Answer answer)
    {
        using var body = answer.Response.Content.ReadAsStream();
        using var bounded = new BoundedStream(body, MostAnswerBytes, static () => new TextException("an answer of the object store is too long"));
        using var reader = new StreamReader(bounded);
        return reader.ReadToEnd();
    }

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
        if (body is { } put)
            request.Content = new StreamContent(File.OpenRead(put.Path));
        return S3Answer.Await(_http, request, body is null ? Patience : Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private void Pause(int tries, CancellationToken cancellationToken)
    {
        var pause = pauses.FirstDelay * Math.Pow(2, Math.Max(0, tries - 1));
        cancellationToken.WaitHandle.WaitOne(pause < pauses.MaxDelay ? pause : pauses.MaxDelay);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
