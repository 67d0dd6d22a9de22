namespace Rlm.Files.Word;

/// <summary>What a style says of its paragraphs and runs; null where the style that it is based on says it.</summary>
internal sealed record WordStyle
{
    public string Name { get; set; } = "";

    public string? BasedOn { get; set; }

    /// <summary>The level of a heading, from 0; 9 for none.</summary>
    public int? Outline { get; set; }

    public string? NumberingId { get; set; }

    public int? Level { get; set; }

    /// <summary>How its runs are set.</summary>
    public WordFormat Format { get; set; } = WordFormat.None;
}
