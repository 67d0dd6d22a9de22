using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Asking;

/// <summary>A call that a plan came to and that nobody has a reply of.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Items">How many items it is about.</param>
/// <param name="InputTokens">Tokens of its prompt as the model counts them.</param>
/// <param name="ReplyTokens">The longest reply.</param>
internal readonly record struct CallNotHeld(CallKey Key, int Items, long InputTokens, int ReplyTokens);
