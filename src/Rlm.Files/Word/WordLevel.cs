namespace Rlm.Files.Word;

/// <summary>How the items of a level of a list are numbered.</summary>
internal sealed class WordLevel
{
    public int Start { get; set; } = 1;

    /// <summary>Such as <c>decimal</c> or <c>bullet</c>.</summary>
    public string Format { get; set; } = "decimal";

    /// <summary>The label, where <c>%1</c> stands for the number of the first level.</summary>
    public string Text { get; set; } = "";

    /// <summary>The style whose paragraphs stand on this level.</summary>
    public string? Style { get; set; }

    /// <summary>The level, from 1, whose items begin the numbers anew; 0 for none, null for each above.</summary>
    public int? RestartsBehind { get; set; }

    /// <summary>Whether all numbers of the label are decimal.</summary>
    public bool IsLegal { get; set; }
}
