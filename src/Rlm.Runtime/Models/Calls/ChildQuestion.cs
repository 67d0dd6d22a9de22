using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Models.Calls;

/// <summary>What a child root is asked.</summary>
/// <param name="Text">The question.</param>
/// <param name="Piece">What it is about, which its programs know as <c>context</c>.</param>
/// <param name="Type">The type of that.</param>
internal sealed record ChildQuestion(string Text, Value Piece, RlmType Type)
{
    /// <summary>The text that quotes of the answer must occur in; null where there is none.</summary>
    public TextValue? Source { get; init; }
}
