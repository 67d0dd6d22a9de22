using System.Text;

namespace Rlm.Providers.Wire;

/// <summary>
/// A message's content in each form that servers send it: one text, a list of texts and parts, or one part. Thoughts and other
/// parts that are not text are passed over.
/// </summary>
/// <param name="IsContent">Whether there was any content, of text or not.</param>
/// <param name="Text">The text; null where there is none.</param>
/// <param name="Refusal">What parts said instead of an answer; null where none did.</param>
internal readonly record struct ReplyContent(bool IsContent, string? Text, string? Refusal)
{
    public static ReplyContent Read(ref ReplyJson json)
    {
        if (json.Text() is { } whole)
            return new(true, whole, null);

        StringBuilder? text = null, refusal = null;
        bool isList = json.EntersList();
        while (isList && json.NextItem())
        {
            if (json.Text() is { } piece)
                (text ??= new()).Append(piece);
            else if (json.EntersObject())
                ReadPart(ref json, ref text, ref refusal);
        }

        bool isPart = !isList && json.EntersObject();
        if (isPart)
            ReadPart(ref json, ref text, ref refusal);
        return new(isList || isPart, text?.ToString(), refusal?.ToString());
    }

    /// <summary>Adds a part's text. A part without a type is a text; one of a stream has a type of its own.</summary>
    private static void ReadPart(ref ReplyJson json, ref StringBuilder? text, ref StringBuilder? refusal)
    {
        string? type = null, said = null, refused = null;
        while (json.NextField())
        {
            if (json.Is("type"u8))
                type = json.Text();
            else if (json.Is("text"u8))
                said = json.EntersObject() ? TextValue(ref json) : json.Text();
            else if (json.Is("refusal"u8))
                refused = json.Text();
        }

        if (said is not null && type is null or "text" or "output_text" or "text_delta")
            (text ??= new()).Append(said);
        if (refused is not null)
            (refusal ??= new()).Append(refused);
    }

    private static string? TextValue(ref ReplyJson json)
    {
        string? value = null;
        while (json.NextField())
            value = json.Is("value"u8) ? json.Text() : value;
        return value;
    }
}
