namespace Rlm.Runtime.Texts;

/// <summary>How many tokens a text is taken to have: a quarter of its UTF-8 bytes, rounded up. No tokenizer is asked.</summary>
internal static class TokenEstimate
{
    public const int BytesPerToken = 4;

    public static long OfBytes(long lengthBytes) => (lengthBytes + BytesPerToken - 1) / BytesPerToken;

    public static long OfText(string text) => OfBytes(System.Text.Encoding.UTF8.GetByteCount(text));
}
