using System.Text;

namespace Rlm.Files.Mail;

/// <summary>Where the parts of a body are.</summary>
/// <param name="Parts">Each with its headers.</param>
/// <param name="Rest">What stands behind the last.</param>
/// <param name="HaveEnded">Whether the line is there that ends them.</param>
internal sealed record PartBounds(IReadOnlyList<ReadOnlyMemory<byte>> Parts, ReadOnlyMemory<byte> Rest, bool HaveEnded)
{
    /// <summary>Finds the parts between lines of a boundary.</summary>
    public static PartBounds Find(ReadOnlyMemory<byte> body, string boundary)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        byte[] mark = Encoding.UTF8.GetBytes($"--{boundary.TrimEnd()}");
        var all = body.Span;
        int start = -1;
        for (int at = 0; at < all.Length && parts.Count <= PartAllowance.Most;)
        {
            int end = MimeLines.EndOf(all, at);
            var line = all[at..end];
            if (line.StartsWith(mark) && line[mark.Length..].TrimEnd(" \t\r\n"u8) is var rest && (rest.IsEmpty || rest.SequenceEqual("--"u8)))
            {
                // The line end before a boundary belongs to it.
                if (start >= 0)
                    parts.Add(body[start..Math.Max(start, at - MimeLines.LengthOfLastEnd(all[..at]))]);
                if (!rest.IsEmpty)
                    return new PartBounds(parts, body[end..], HaveEnded: true);
                start = end;
            }

            at = end;
        }

        if (start >= 0)
            parts.Add(body[start..]);
        return new PartBounds(parts, default, HaveEnded: false);
    }
}
