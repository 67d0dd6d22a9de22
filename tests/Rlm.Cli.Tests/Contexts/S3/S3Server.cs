using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Rlm.Cli.Tests.Contexts.S3;

/// <summary>An object store on loopback that checks each signature, gives two keys a page, and fails where a test says so.</summary>
internal sealed class S3Server : IDisposable
{
    public const string KeyId = "AKIDTEST", Secret = "not/the+secret", Token = "a/session+token==", Bucket = "logs";

    private const int PageKeys = 2;

    private readonly HttpListener _listener;

    public S3Server()
    {
        _listener = Start(out string url);
        Url = url;
        _ = ServeAsync();
    }

    public string Url { get; }

    /// <summary>What is kept, by key.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Each request that came: method, path with query, and range.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What is wrong with signatures, if anything was.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Does something before a request is answered; true where it has answered.</summary>
    public Func<HttpListenerContext, bool> Before { get; set; } = static _ => false;

    /// <summary>How many bytes of bodies go out before a connection is cut; null for all.</summary>
    public int? CutAfter { get; set; }

    /// <summary>Whether <c>If-Match</c> is passed over, as some stores do.</summary>
    public bool IsHeedless { get; set; }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL_S3"] = Url,
        ["AWS_ACCESS_KEY_ID"] = KeyId,
        ["AWS_SECRET_ACCESS_KEY"] = Secret,
        ["AWS_SESSION_TOKEN"] = Token,
    };

    public void Put(string key, string text) => Objects[key] = Encoding.UTF8.GetBytes(text);

    /// <summary>Runs the command line against this store.</summary>
    public Task<CliRun> RunAsync(params string[] args) => new CliSetup { Environment = Environment }.RunAsync(args);

    /// <summary>How many bytes of objects were asked for.</summary>
    public long CountAsked() => Requests.Select(static request => request.Split(" bytes=")).Where(static parts => parts.Length == 2)
        .Select(static parts => Array.ConvertAll(parts[1].Split('-'), static number => long.Parse(number, CultureInfo.InvariantCulture)))
        .Sum(static ends => ends[1] - ends[0] + 1);

    public static bool Fail(HttpListenerContext context, int status, string code, string more = "", string? region = null)
    {
        if (region is not null)
            context.Response.Headers["x-amz-bucket-region"] = region;
        Answer(context, status, $"<?xml version=\"1.0\"?>\n<Error><Code>{code}</Code><Message>no, {KeyId}</Message>{more}</Error>");
        return true;
    }

    /// <summary>Answers each list with the next of these pages, and after the last with that.</summary>
    public void AnswerLists(params string[] pages)
    {
        int asked = 0;
        Before = context =>
        {
            if (!context.Request.RawUrl!.Contains("list-type=2", StringComparison.Ordinal))
                return false;
            Answer(context, 200, pages[Math.Min(asked++, pages.Length - 1)]);
            return true;
        };
    }

    public void Dispose() => _listener.Close();

    private static HttpListener Start(out string url)
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
            var listener = new HttpListener { Prefixes = { url + "/" } };
            try
            {
                listener.Start();
                return listener;
            }
            catch (HttpListenerException)
            {
                // Somebody else took the port meanwhile.
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => Serve(context));
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private void Serve(HttpListenerContext context)
    {
        try
        {
            var request = context.Request;
            Requests.Enqueue($"{request.HttpMethod} {request.RawUrl} {request.Headers["Range"]}".TrimEnd());
            byte[] body = ReadBody(request);
            if (FindFault(request, body) is { } fault)
            {
                Faults.Enqueue(fault);
                Fail(context, 403, "SignatureDoesNotMatch");
                return;
            }

            if (Before(context))
                return;
            string[] url = request.RawUrl!.Split('?', 2), path = url[0].TrimStart('/').Split('/', 2);
            if (path[0] != Bucket)
                Fail(context, 404, "NoSuchBucket");
            else if (path.Length == 1)
                List(context, ReadQuery(url.ElementAtOrDefault(1) ?? ""));
            else
                AnswerObject(context, Uri.UnescapeDataString(path[1]), body);
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client has enough.
        }
    }

    private void AnswerObject(HttpListenerContext context, string key, byte[] body)
    {
        if (context.Request.HttpMethod == "PUT")
        {
            if (context.Request.Headers["If-None-Match"] == "*" && Objects.ContainsKey(key))
            {
                Fail(context, 412, "PreconditionFailed");
                return;
            }

            Objects[key] = body;
            Answer(context, 200, "");
            return;
        }

        if (!Objects.TryGetValue(key, out byte[]? bytes))
        {
            Fail(context, 404, "NoSuchKey");
            return;
        }

        var response = context.Response;
        response.Headers["ETag"] = ETagOf(bytes);
        response.Headers["Last-Modified"] = "Mon, 02 Nov 2026 10:00:00 GMT";
        if (!IsHeedless && context.Request.Headers["If-Match"] is { } wanted && wanted != ETagOf(bytes))
        {
            Fail(context, 412, "PreconditionFailed");
            return;
        }

        if (context.Request.HttpMethod == "HEAD")
        {
            response.ContentLength64 = bytes.Length;
            response.Close();
            return;
        }

        int[] ends = Array.ConvertAll(context.Request.Headers["Range"]!["bytes=".Length..].Split('-'), static end => int.Parse(end, CultureInfo.InvariantCulture));
        byte[] part = bytes[ends[0]..Math.Min(ends[1] + 1, bytes.Length)];
        response.StatusCode = 206;
        response.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {ends[0]}-{ends[0] + part.Length - 1}/{bytes.Length}");
        response.ContentLength64 = part.Length;
        int sent = Math.Min(CutAfter ?? int.MaxValue, part.Length);
        response.OutputStream.Write(part.AsSpan(0, sent));
        response.OutputStream.Flush();
        if (sent < part.Length)
            response.Abort();
        else
            response.Close();
    }

    private void List(HttpListenerContext context, Dictionary<string, string> query)
    {
        string after = query.GetValueOrDefault("continuation-token", "");
        string[] keys = [.. Objects.Keys.Where(key => key.StartsWith(query["prefix"], StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Where(key => string.CompareOrdinal(key, after) > 0)];
        var page = new StringBuilder("<?xml version=\"1.0\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><EncodingType>url</EncodingType>");
        page.Append(CultureInfo.InvariantCulture, $"<IsTruncated>{(keys.Length > PageKeys ? "true" : "false")}</IsTruncated>");
        if (keys.Length > PageKeys)
            page.Append(CultureInfo.InvariantCulture, $"<NextContinuationToken>{WebUtility.HtmlEncode(keys[PageKeys - 1])}</NextContinuationToken>");
        foreach (string key in keys.Take(PageKeys))
        {
            page.Append(CultureInfo.InvariantCulture, $"<Contents><Key>{WebUtility.UrlEncode(key)}</Key><LastModified>2026-11-02T10:00:00.000Z</LastModified>");
            page.Append(CultureInfo.InvariantCulture, $"<ETag>{WebUtility.HtmlEncode(ETagOf(Objects[key]))}</ETag><Size>{Objects[key].Length}</Size><Owner><ID>me</ID></Owner></Contents>");
        }

        Answer(context, 200, page.Append("</ListBucketResult>").ToString());
    }

    private static string ETagOf(byte[] bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"";

    private static void Answer(HttpListenerContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        byte[] bytes = context.Request.HttpMethod == "HEAD" ? [] : Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength64 = bytes.Length;
        context.Response.Close(bytes, willBlock: true);
    }

    private static byte[] ReadBody(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        request.InputStream.CopyTo(body);
        return body.ToArray();
    }

    private static Dictionary<string, string> ReadQuery(string query) => query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => Uri.UnescapeDataString(pair[0]), static pair => Uri.UnescapeDataString(pair[1]));

    /// <summary>What is wrong with a signature, by what the request says that is signed.</summary>
    private static string? FindFault(HttpListenerRequest request, byte[] body)
    {
        string[] parts = (request.Headers["Authorization"] ?? "").Split(["AWS4-HMAC-SHA256 Credential=", ", SignedHeaders=", ", Signature="], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3)
            return "no signature";

        string[] scope = parts[0].Split('/', 2), signed = parts[1].Split(';');
        string[] required = ["host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token", .. new[] { "if-match", "if-none-match", "range" }.Where(name => request.Headers[name] is not null)];
        if (scope[0] != KeyId || request.Headers["x-amz-security-token"] != Token || required.Except(signed).Any())
            return $"not signed as it should be: {parts[1]}";

        string hash = Convert.ToHexStringLower(SHA256.HashData(body));
        if (request.Headers["x-amz-content-sha256"] != hash)
            return "the hash of another body";

        string[] url = request.RawUrl!.Split('?', 2);
        string query = string.Join('&', (url.ElementAtOrDefault(1) ?? "").Split('&').Order(StringComparer.Ordinal));
        string lines = string.Join('\n', signed.Select(name => $"{name}:{request.Headers[name]}"));
        string canonical = $"{request.HttpMethod}\n{url[0]}\n{query}\n{lines}\n\n{parts[1]}\n{hash}";
        string text = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope[1]}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] key = scope[1].Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + Secret), static (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) == parts[2] ? null : $"another signature of {canonical}";
    }
}
