using System.Net;

namespace Rlm.Cli.Contexts.S3;

/// <summary>Reads the answers of an object store: elements in elements, without attributes that matter.</summary>
internal static class S3Xml
{
    private const string CommentStart = "<!--", CommentEnd = "-->";

    /// <summary>The elements that hold no other, in order, each with the one that it is in.</summary>
    public static List<(string Parent, string Name, string Text)> ReadLeaves(string xml)
    {
        var leaves = new List<(string, string, string)>();
        var open = new Stack<string>();
        string last = "";
        for (int at = 0; xml.IndexOf('<', at) is >= 0 and var start;)
        {
            bool isComment = xml.AsSpan(start).StartsWith(CommentStart);
            int end = isComment ? xml.IndexOf(CommentEnd, start, StringComparison.Ordinal) + CommentEnd.Length - 1 : xml.IndexOf('>', start);
            if (end < start)
                break;

            string text = xml[at..start], tag = xml[(start + 1)..end];
            at = end + 1;
            if (tag.StartsWith('?') || tag.StartsWith('!'))
                continue;

            string name = tag.Trim('/').Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : "";
            name = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (!tag.StartsWith('/'))
            {
                open.Push(name);
                last = name;
                if (!tag.EndsWith('/'))
                    continue;
                text = "";
            }

            // What closes what was opened last held nothing but text.
            if (open.TryPop(out string? closed) && closed == last)
                leaves.Add((open.TryPeek(out string? parent) ? parent : "", closed, WebUtility.HtmlDecode(text)));
            last = "";
        }

        return leaves;
    }

    /// <summary>The text of the first element of a name; null where there is none.</summary>
    public static string? Find(IEnumerable<(string Parent, string Name, string Text)> leaves, string name) =>
        leaves.Where(leaf => leaf.Name == name).Select(static leaf => leaf.Text).FirstOrDefault();
}
