namespace Rlm.Files.Word;

/// <summary>A list of a document, whose levels and counts are shared by all that refer to it.</summary>
internal sealed class WordList
{
    public const int Levels = 9;

    public WordLevel[] All { get; } = [.. Enumerable.Range(0, Levels).Select(_ => new WordLevel())];

    /// <summary>The number of each level's last item; null before its first.</summary>
    public int?[] Counts { get; } = new int?[Levels];

    /// <summary>The style of numbering whose levels it has; null for its own.</summary>
    public string? Link { get; set; }

    /// <summary>The style of numbering that it defines.</summary>
    public string? Defines { get; set; }
}
