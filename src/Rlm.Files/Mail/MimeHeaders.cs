namespace Rlm.Files.Mail;

/// <summary>The header fields of a mail or a part, in their order and not decoded.</summary>
internal sealed class MimeHeaders
{
    private readonly List<(string Name, byte[] Value)> _fields = [];

    /// <summary>The fields at the start of a mail or part. They end at a blank line, or at one without a colon.</summary>
    /// <param name="bytes">The mail or part.</param>
    /// <param name="bodyStart">Where its body begins.</param>
    public static MimeHeaders Read(ReadOnlySpan<byte> bytes, out int bodyStart)
    {
        var headers = new MimeHeaders();
        int at = 0;
        while (at < bytes.Length)
        {
            int end = MimeLines.EndOf(bytes, at);
            var line = MimeLines.TrimEnd(bytes[at..end]);
            int colon = MimeLines.IndexOfColon(line);
            if (colon < 0)
            {
                // Programs that keep mailboxes leave their own line, quoted, before the fields.
                if (headers._fields.Count == 0 && (line.StartsWith("From "u8) || line.StartsWith(">From "u8)))
                {
                    at = end;
                    continue;
                }

                at = line.IsEmpty ? end : at;
                break;
            }

            int next = end;
            while (next < bytes.Length && bytes[next] is (byte)' ' or (byte)'\t')
                next = MimeLines.EndOf(bytes, next);
            string name = System.Text.Encoding.ASCII.GetString(line[..colon]).TrimEnd();
            headers._fields.Add((name, Unfold(bytes[(at + colon + 1)..next])));
            at = next;
        }

        bodyStart = at;
        return headers;
    }

    /// <summary>The first field of the name; null where there is none.</summary>
    public byte[]? Find(string name)
    {
        foreach (var (other, value) in _fields)
        {
            if (other.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>All fields of the name.</summary>
    public IEnumerable<byte[]> FindAll(string name) =>
        _fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

    /// <summary>One line of a value that may stand on several.</summary>
    private static byte[] Unfold(ReadOnlySpan<byte> value)
    {
        byte[] line = new byte[value.Length];
        int length = 0;
        foreach (byte letter in value)
        {
            if (letter is not ((byte)'\r' or (byte)'\n'))
                line[length++] = letter;
        }

        return line.AsSpan(0, length).Trim(" \t"u8).ToArray();
    }
}
