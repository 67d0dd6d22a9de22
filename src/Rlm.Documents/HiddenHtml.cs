using System.Text;

namespace Rlm.Documents;

/// <summary>
/// Blocks of HTML in Markdown that a reader does not see and that blank lines do not end (https://spec.commonmark.org/0.31.2/#html-blocks).
/// </summary>
internal static class HiddenHtml
{
    private static readonly byte[] ScriptEnd = "</script>"u8.ToArray();
    private static readonly byte[] StyleEnd = "</style>"u8.ToArray();
    private static readonly byte[] CommentEnd = "-->"u8.ToArray();
    private static readonly byte[] InstructionEnd = "?>"u8.ToArray();
    private static readonly byte[] CharacterDataEnd = "]]>"u8.ToArray();
    private static readonly byte[] DeclarationEnd = ">"u8.ToArray();

    /// <summary>What ends the block that the line opens; null where it opens none, or ends it too.</summary>
    public static byte[]? EndOf(ReadOnlySpan<byte> line)
    {
        byte[]? end = line switch
        {
            _ when IsStartTag(line, "<script"u8) => ScriptEnd,
            _ when IsStartTag(line, "<style"u8) => StyleEnd,
            _ when line.StartsWith("<!--"u8) => CommentEnd,
            _ when line.StartsWith("<?"u8) => InstructionEnd,
            _ when line.StartsWith("<![CDATA["u8) => CharacterDataEnd,
            [(byte)'<', (byte)'!', var letter, ..] when char.IsAsciiLetter((char)letter) => DeclarationEnd,
            _ => null,
        };
        return end is null || IndexAfter(line, end) >= 0 ? null : end;
    }

    /// <summary>Where the line goes on after the end of a block; -1 where it does not end there.</summary>
    public static int IndexAfter(ReadOnlySpan<byte> line, ReadOnlySpan<byte> end)
    {
        for (int at = 0; line[at..].IndexOf(end[0]) is var next and >= 0; at++)
        {
            at += next;
            if (at + end.Length > line.Length)
                break;
            if (Ascii.EqualsIgnoreCase(line.Slice(at, end.Length), end))
                return at + end.Length;
        }

        return -1;
    }

    private static bool IsStartTag(ReadOnlySpan<byte> line, ReadOnlySpan<byte> tag) =>
        line.Length >= tag.Length && Ascii.EqualsIgnoreCase(line[..tag.Length], tag)
        && line[tag.Length..] is ([] or [(byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'>', ..]);
}
