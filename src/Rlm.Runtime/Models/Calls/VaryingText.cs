using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Models.Calls;

/// <summary>
/// A part of a message that says how much is left, and so differs where nothing else does: it is sent like any other and left out of the
/// call's key, so that a run which goes on with other limits takes the replies that it has. It is known by its mark, never by its text.
/// </summary>
internal static class VaryingText
{
    private const string Mark = "rlm.varying";

    public static TextContent Of(string text) => new(text) { AdditionalProperties = new() { [Mark] = true } };

    public static bool Is(AIContent content) => content.AdditionalProperties?.ContainsKey(Mark) == true;
}
