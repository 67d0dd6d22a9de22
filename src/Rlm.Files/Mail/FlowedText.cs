using System.Text;

namespace Rlm.Files.Mail;

/// <summary>Puts lines together that were parted for mail alone (RFC 3676, <c>format=flowed</c>).</summary>
internal static class FlowedText
{
    /// <param name="text">The text, its lines parted by <c>\n</c>.</param>
    /// <param name="removesBlank">Whether the blank that a line is parted behind is none of the text (<c>DelSp=yes</c>).</param>
    public static string Join(string text, bool removesBlank)
    {
        var joined = new StringBuilder(text.Length);
        int lastDepth = -1;
        bool isOpen = false;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range];
            int depth = line.IndexOfAnyExcept('>');
            depth = depth < 0 ? line.Length : depth;
            line = line[depth..];
            if (line is [' ', ..])
                line = line[1..];

            bool isSignature = line is "-- ";
            if (!isOpen || depth != lastDepth || isSignature)
            {
                if (lastDepth >= 0)
                    joined.Append('\n');
                if (depth > 0)
                    joined.Append('>', depth).Append(line.Length > 0 ? " " : "");
            }

            isOpen = line is [.., ' '] && !isSignature;
            joined.Append(isOpen && removesBlank ? line[..^1] : line);
            lastDepth = depth;
        }

        return joined.ToString();
    }
}
