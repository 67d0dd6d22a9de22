using System.Buffers;
using System.Text.Json;

namespace Rlm.Providers.Wire;

/// <summary>
/// Makes null of what stands for a value in a reply and is none of JSON's, such as the <c>NaN</c> of a count that a server
/// did not know: its text was paid for.
/// </summary>
internal static class ReplyLiterals
{
    private static readonly SearchValues<byte> EndsWord = SearchValues.Create(",:[]{}\" \t\r\n"u8);

    /// <summary>The same JSON with such words replaced in its objects and lists, outside of texts.</summary>
    public static byte[] Repair(ReadOnlySpan<byte> json)
    {
        var repaired = new ArrayBufferWriter<byte>(json.Length + 64);
        for (bool isInside = false; !json.IsEmpty;)
        {
            int length = json[0] == '"' ? TextLength(json)
                : EndsWord.Contains(json[0]) ? 1
                : json.IndexOfAny(EndsWord) is > 0 and var end ? end
                : json.Length;
            var piece = json[..length];
            repaired.Write(!isInside || EndsWord.Contains(piece[0]) || IsLiteral(piece) ? piece : "null"u8);
            isInside |= piece[0] is (byte)'{' or (byte)'[';
            json = json[length..];
        }

        return repaired.WrittenSpan.ToArray();
    }

    private static int TextLength(ReadOnlySpan<byte> json)
    {
        for (int i = 1; i < json.Length; i++)
        {
            if (json[i] == '\\')
                i++;
            else if (json[i] == '"')
                return i + 1;
        }

        return json.Length;
    }

    private static bool IsLiteral(ReadOnlySpan<byte> word)
    {
        try
        {
            var reader = new Utf8JsonReader(word);
            return reader.Read() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
