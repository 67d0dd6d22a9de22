using System.Globalization;
using System.Text;

namespace Rlm.Files.Mail;

/// <summary>A header value with parameters, such as <c>text/plain; charset=utf-8</c>.</summary>
/// <param name="Value">The value, in small letters.</param>
/// <param name="Parameters">The parameters by their names.</param>
internal sealed record MimeValue(string Value, IReadOnlyDictionary<string, string> Parameters)
{
    private const int MostParameters = 1000;

    public static MimeValue Parse(byte[]? value)
    {
        bool isGuess = false;
        string text = value is null ? "" : Charsets.Decode(value, null, out isGuess);
        int end = text.IndexOf(';', StringComparison.Ordinal);
        var parts = new List<Part>();
        for (int at = end; at >= 0 && at < text.Length && parts.Count < MostParameters;)
            at = ReadParameter(text, at + 1, parts);

        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in parts.GroupBy(part => part.Name, StringComparer.OrdinalIgnoreCase))
            parameters[group.Key] = Join([.. group]);
        return new MimeValue(RemoveComments(end < 0 ? text : text[..end]).Trim().ToLowerInvariant(), parameters);
    }

    public string? Find(string name) => Parameters.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>The text without what stands in brackets.</summary>
    public static string RemoveComments(string text)
    {
        if (!text.Contains('(', StringComparison.Ordinal))
            return text;

        var kept = new StringBuilder();
        int depth = 0;
        foreach (char letter in text)
        {
            if (letter == '(')
                depth++;
            else if (letter == ')' && depth > 0)
                depth--;
            else if (depth == 0)
                kept.Append(letter);
        }

        return kept.ToString();
    }

    /// <summary>Reads <c>name=value</c>, and gives where the next semicolon stands.</summary>
    private static int ReadParameter(string text, int at, List<Part> parts)
    {
        int equals = text.AsSpan(at).IndexOfAny('=', ';');
        if (equals < 0)
            return text.Length;
        if (text[at + equals] == ';')
            return at + equals;

        string name = text.Substring(at, equals).Trim();
        at += equals + 1;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        var value = new StringBuilder();
        if (at < text.Length && text[at] == '"')
        {
            for (at++; at < text.Length && text[at] != '"'; at++)
            {
                // A backslash before another letter is one of a path of Windows, which is not escaped.
                if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\')
                    at++;
                value.Append(text[at]);
            }

            at = text.IndexOf(';', Math.Min(at, text.Length));
        }
        else
        {
            int end = text.IndexOf(';', at);
            value.Append(text.AsSpan(at, (end < 0 ? text.Length : end) - at).Trim());
            at = end;
        }

        parts.Add(Part.Of(name, value.ToString()));
        return at < 0 ? text.Length : at;
    }

    /// <summary>The value of a parameter that may stand in several pieces and be encoded (RFC 2231, RFC 2047).</summary>
    private static string Join(Part[] parts)
    {
        var pieces = parts.Where(part => part.Number >= 0 || part.IsEncoded).OrderBy(part => part.Number).ToArray();
        bool isGuess = false;
        if (pieces.Length == 0)
            return EncodedWords.Decode(parts[0].Value, ref isGuess);

        string? charset = null;
        var bytes = new List<byte>();
        for (int i = 0; i < pieces.Length; i++)
        {
            string value = pieces[i].Value;
            if (pieces[i].IsEncoded && i == 0 && value.Split('\'', 3) is [var name, _, var rest])
                (charset, value) = (name.Length == 0 ? null : name, rest);
            bytes.AddRange(pieces[i].IsEncoded ? Unescape(value) : Encoding.UTF8.GetBytes(value));
        }

        return EncodedWords.ToOneLine(Charsets.Decode(bytes.ToArray(), charset, out _));
    }

    private static byte[] Unescape(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                bytes[length++] = Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]])[0];
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return bytes[..length];
    }

    /// <summary>A piece of a parameter: <c>filename*1*=…</c> is the second of <c>filename</c>, and encoded.</summary>
    private readonly record struct Part(string Name, int Number, bool IsEncoded, string Value)
    {
        public static Part Of(string name, string value)
        {
            bool isEncoded = name.EndsWith('*');
            if (isEncoded)
                name = name[..^1];
            int star = name.LastIndexOf('*');
            return star > 0 && int.TryParse(name.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? new Part(name[..star], number, isEncoded, value)
                : new Part(name, -1, isEncoded, value);
        }
    }
}
