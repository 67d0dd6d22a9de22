namespace Rlm.Dsl.Formatting;

/// <summary>A comment, from its sign to the end of its line.</summary>
/// <param name="Text">The comment, with our sign before it.</param>
/// <param name="IsBehind">Whether it stands behind something on its line.</param>
/// <param name="FollowsBlankLine">Whether a blank line stands before it.</param>
internal sealed record Comment(string Text, bool IsBehind, bool FollowsBlankLine);
