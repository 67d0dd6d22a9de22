using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rlm.Cli.Contexts.S3;

/// <summary>Signs requests as <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS
/// Signature Version 4</see> says.</summary>
internal static class S3Signature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string End = "aws4_request";

    /// <summary>The hash of an empty body.</summary>
    public static string EmptyHash { get; } = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>A time as it is signed.</summary>
    public static string WriteTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A key as a path: its bytes in UTF-8, encoded but for letters, digits, <c>-._~</c> and slashes.</summary>
    public static string WritePath(string key) => Encode(key, keepsSlashes: true);

    /// <summary>A query as it is signed and sent: encoded, and sorted.</summary>
    public static string WriteQuery(IEnumerable<(string Name, string Value)> query) => string.Join('&', query
        .Select(static pair => $"{Encode(pair.Name, keepsSlashes: false)}={Encode(pair.Value, keepsSlashes: false)}")
        .Order(StringComparer.Ordinal));

    /// <summary>What the header <c>Authorization</c> is to be.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, encoded.</param>
    /// <param name="query">The query, as <see cref="WriteQuery"/> gives it.</param>
    /// <param name="headers">The headers that are signed, in small letters; the host and the time are among them.</param>
    /// <param name="bodyHash">The hash of the body.</param>
    /// <param name="keys">What is signed with.</param>
    /// <param name="region">The region.</param>
    /// <param name="service">The service.</param>
    /// <param name="time">The time, as <see cref="WriteTime"/> gives it.</param>
    public static string Sign(
        string method, string path, string query, IEnumerable<(string Name, string Value)> headers, string bodyHash, S3Keys keys,
        string region, string service, string time)
    {
        var sorted = headers.OrderBy(static header => header.Name, StringComparer.Ordinal).ToList();
        string names = string.Join(';', sorted.Select(static header => header.Name));
        string lines = string.Concat(sorted.Select(static header => $"{header.Name}:{header.Value.Trim()}\n"));
        string request = $"{method}\n{path}\n{query}\n{lines}\n{names}\n{bodyHash}";

        string day = time[..8], scope = $"{day}/{region}/{service}/{End}";
        string signed = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}";
        byte[] key = Encoding.UTF8.GetBytes($"AWS4{keys.Secret}");
        foreach (string part in new[] { day, region, service, End, signed })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return $"{Algorithm} Credential={keys.Id}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(key)}";
    }

    private static string Encode(string text, bool keepsSlashes)
    {
        var encoded = new StringBuilder();
        foreach (byte next in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)next) || (char)next is '-' or '.' or '_' or '~' || (next == '/' && keepsSlashes))
                encoded.Append((char)next);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{next:X2}");
        }

        return encoded.ToString();
    }
}
