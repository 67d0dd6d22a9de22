namespace Rlm.Files.Word;

/// <summary>What stands before an item of a list.</summary>
/// <param name="Text">Such as <c>2.1</c>, or <c>-</c> for a bullet; null for nothing.</param>
/// <param name="Level">How deep it stands, from 0.</param>
internal sealed record WordLabel(string? Text, int Level);
