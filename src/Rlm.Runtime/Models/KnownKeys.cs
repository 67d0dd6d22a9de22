using System.Text;

namespace Rlm.Runtime.Models;

/// <summary>The API keys that this process sends, so that they can be taken out of whatever is shown or written.</summary>
internal static class KnownKeys
{
    private const string Redacted = "[key]";

    /// <summary>A shorter one is a dummy, and a piece of many words.</summary>
    private const int LeastChars = 4;

    /// <summary>
    /// A key of fewer characters, or without a digit, may be words that a reply or an error means, such as
    /// <c>none</c> or <c>sk-no-key-required</c>.
    /// </summary>
    private const int LeastSecretChars = 16;

    /// <summary>So many characters in a row that stand in a key as well are a part of it.</summary>
    private const int PartChars = 8;

    private static readonly Lock Adding = new();

    /// <summary>The keys with their bytes; the list never changes, another takes its place.</summary>
    private static volatile (string Key, byte[] Bytes)[] _keys = [];

    public static void Add(string key)
    {
        if (key.Length < LeastChars)
            return;

        lock (Adding)
        {
            if (!Array.Exists(_keys, known => known.Key == key))
                _keys = [.. _keys, (key, Encoding.UTF8.GetBytes(key))];
        }
    }

    /// <summary>Takes out keys and parts of them, as for a message: what else holds such a part loses it, too.</summary>
    public static string RedactParts(string text)
    {
        foreach (var (key, _) in _keys)
        {
            text = text.Replace(key, Redacted, StringComparison.OrdinalIgnoreCase);
            if (IsSecret(key))
                text = RedactParts(text, key);
        }

        return text;
    }

    /// <summary>Takes whole keys out of UTF-8; the same bytes where there is none.</summary>
    public static Memory<byte> Redact(Memory<byte> text)
    {
        foreach (var (key, bytes) in _keys)
        {
            if (IsSecret(key) && text.Span.IndexOf(bytes) >= 0)
                text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.Span).Replace(key, Redacted, StringComparison.Ordinal));
        }

        return text;
    }

    private static bool IsSecret(string key) => key.Length >= LeastSecretChars && key.Any(char.IsAsciiDigit);

    private static string RedactParts(string text, string key)
    {
        string parts = key.ToUpperInvariant(), searched = text.ToUpperInvariant();
        bool[] isPart = new bool[text.Length];
        for (int i = 0; i + PartChars <= text.Length; i++)
        {
            if (parts.Contains(searched.Substring(i, PartChars), StringComparison.Ordinal))
                isPart.AsSpan(i, PartChars).Fill(true);
        }

        var redacted = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (!isPart[i])
                redacted.Append(text[i]);
            else if (i == 0 || !isPart[i - 1])
                redacted.Append(Redacted);
        }

        return redacted.ToString();
    }
}
