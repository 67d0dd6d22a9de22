using System.Net;

namespace Rlm.Cli.Contexts.S3;

/// <summary>Reads the answers of an object store: elements in elements, without attributes that matter.</summary>
internal static class S3Xml
{
    private const string CommentStart = "<!--", CommentEnd = "-->";

    /// <summary>The elements that hold no other, in order, each with the one that it is in.</summary>
    public static List<S3Leaf> ReadLeaves(string xml) => ReadLeaves(xml, out _);

    /// <summary>The elements that hold no other, in order, each with the one that it is in.</summary>
    /// <param name="xml">The answer.</param>
    /// <param name="root">The element that holds all; null where the answer is not whole.</param>
    public static List<S3Leaf> ReadLeaves(string xml, out string? root)
    {
        var leaves = new List<S3Leaf>();
        var open = new Stack<(string Name, int Place)>();
        var last = (Name: "", Place: -1);
        int at = 0, places = 0;
        bool isBroken = false;
        root = null;
        while (xml.IndexOf('<', at) is >= 0 and var start)
        {
            bool isComment = xml.AsSpan(start).StartsWith(CommentStart);
            int end = isComment ? xml.IndexOf(CommentEnd, start, StringComparison.Ordinal) + CommentEnd.Length - 1 : xml.IndexOf('>', start);
            if (end < start)
                break;

            string text = xml[at..start], tag = xml[(start + 1)..end];
            at = end + 1;
            if (tag.StartsWith('?') || tag.StartsWith('!'))
            {
                // No store is known to write text so, and half of one is none.
                isBroken |= tag.StartsWith("![", StringComparison.Ordinal);
                continue;
            }

            string name = tag.Trim('/').Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : "";
            name = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (!tag.StartsWith('/'))
            {
                isBroken |= open.Count == 0 && root is not null;
                last = (name, places++);
                open.Push(last);
                if (!tag.EndsWith('/'))
                    continue;
                text = "";
            }

            isBroken |= !open.TryPop(out var closed) || closed.Name != name;
            if (open.Count == 0)
                root = closed.Name;
            // What closes what was opened last held nothing but text.
            if (closed == last)
                leaves.Add(new(open.TryPeek(out var parent) ? parent.Name : "", parent.Place, closed.Name, WebUtility.HtmlDecode(text)));
            last = ("", -1);
        }

        if (isBroken || open.Count > 0 || !xml.AsSpan(at).IsWhiteSpace())
            root = null;
        return leaves;
    }

    /// <summary>The text of the first element of a name; null where there is none.</summary>
    public static string? Find(IEnumerable<S3Leaf> leaves, string name) =>
        leaves.Where(leaf => leaf.Name == name).Select(static leaf => leaf.Text).FirstOrDefault();
}
