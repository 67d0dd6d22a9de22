namespace Rlm.Files.Office;

/// <summary>A paragraph of a shape.</summary>
/// <param name="Text">Its text, which may hold line ends.</param>
/// <param name="Level">How deep it stands, from 0.</param>
/// <param name="IsItem">Whether it has a bullet or number; null where its shape says.</param>
/// <param name="Numbering">How it is numbered, such as <c>arabicPeriod</c>; null where it is not.</param>
/// <param name="Start">The first number.</param>
/// <param name="UnknownSigns">How many signs of fonts are not known.</param>
internal readonly record struct DrawingParagraph(string Text, int Level, bool? IsItem, string? Numbering, int Start, int UnknownSigns);
