namespace Rlm.Files.Databases;

/// <summary>A word, sign or quoted text of SQL.</summary>
/// <param name="Text">What it says, without quotes.</param>
/// <param name="Quote">The sign that it is quoted by; NUL for none.</param>
internal readonly record struct SqlToken(string Text, char Quote)
{
    /// <summary>Whether it is this word or sign, and not a name that is written so.</summary>
    public bool Is(string word) => Quote == '\0' && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
