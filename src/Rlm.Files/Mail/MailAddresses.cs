using System.Buffers;
using System.Text;

namespace Rlm.Files.Mail;

/// <summary>Reads whom a mail is from or to as <c>Name &lt;address&gt;</c>. What is none is left as it is written.</summary>
internal static class MailAddresses
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",;:<>()\"@");

    /// <summary>The addresses of all fields of one name, behind commas.</summary>
    public static string Read(IEnumerable<byte[]> values, ref bool isGuess)
    {
        var all = new List<string>();
        foreach (byte[] value in values)
        {
            string raw = Charsets.Decode(value, null, out bool guessed);
            isGuess |= guessed;
            foreach (string address in Split(raw))
            {
                if (ReadOne(address, ref isGuess) is { Length: > 0 } read)
                    all.Add(read);
            }
        }

        return string.Join(", ", all);
    }

    /// <summary>The pieces between commas that stand in neither quotes, brackets nor angles.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int start = 0, depth = 0;
        bool isQuoted = false, isInAngles = false;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '"' when depth == 0:
                    isQuoted = !isQuoted;
                    break;
                case '(' when !isQuoted:
                    depth++;
                    break;
                case ')' when !isQuoted && depth > 0:
                    depth--;
                    break;
                case '<' or '>' when !isQuoted && depth == 0:
                    isInAngles = text[i] == '<';
                    break;
                case ',' when !isQuoted && !isInAngles && depth == 0:
                    yield return text[start..i];
                    start = i + 1;
                    break;
            }
        }

        yield return text[start..];
    }

    private static string ReadOne(string text, ref bool isGuess)
    {
        text = text.Trim();
        if (text is [.., '>'] && text.LastIndexOf('<') is var angle and >= 0)
        {
            string address = text[(angle + 1)..^1].Trim();
            string name = ReadName(text[..angle].Trim(), ref isGuess);
            return name.Length == 0 || name.Equals(address, StringComparison.OrdinalIgnoreCase)
                ? EncodedWords.ToOneLine(address)
                : EncodedWords.ToOneLine($"{name} <{address}>");
        }

        // The older form: bob@example.org (Bob Smith)
        if (text is [.., ')'] && text.IndexOf(" (", StringComparison.Ordinal) is var bracket and > 0
            && text[..bracket].Contains('@', StringComparison.Ordinal) && !text.AsSpan(0, bracket).ContainsAny(" \"<"))
        {
            string name = Quote(EncodedWords.Decode(text[(bracket + 2)..^1], ref isGuess));
            return name.Length == 0 ? text[..bracket] : $"{name} <{text[..bracket]}>";
        }

        return EncodedWords.Decode(text, ref isGuess);
    }

    private static string ReadName(string name, ref bool isGuess)
    {
        if (name is ['"', .., '"'] && name.Length > 1 && Unquote(name) is { } inside)
            return Quote(EncodedWords.Decode(inside, ref isGuess));

        string decoded = EncodedWords.Decode(name, ref isGuess);
        return name.Contains("=?", StringComparison.Ordinal) ? Quote(decoded) : decoded;
    }

    /// <summary>What one pair of quotes holds; null where there are several.</summary>
    private static string? Unquote(string name)
    {
        var inside = new StringBuilder();
        for (int i = 1; i < name.Length - 1; i++)
        {
            if (name[i] == '"')
                return null;
            if (name[i] == '\\' && i + 1 < name.Length - 1)
                i++;
            inside.Append(name[i]);
        }

        return inside.ToString();
    }

    /// <summary>The name in quotes where it would be read as something else without them.</summary>
    private static string Quote(string name)
    {
        return name.AsSpan().ContainsAny(Special) ? $"\"{name.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"" : name;
    }
}
