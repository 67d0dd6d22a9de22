namespace Rlm.Files.Office;

/// <summary>A paragraph of a shape.</summary>
/// <param name="Text">Its text, which may hold line ends.</param>
/// <param name="Level">How deep it stands, from 0.</param>
/// <param name="IsItem">Whether it has a bullet or number; null where its shape says.</param>
/// <param name="IsNumbered">Whether that is a number.</param>
/// <param name="Start">The first number.</param>
internal readonly record struct DrawingParagraph(string Text, int Level, bool? IsItem, bool IsNumbered, int Start);
