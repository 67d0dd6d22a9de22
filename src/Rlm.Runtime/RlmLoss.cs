namespace Rlm;

/// <summary>Something that an answer rests on without having it, which makes the answer partial.</summary>
/// <param name="Kind">What was lost.</param>
/// <param name="Text">How much was lost, of what and why, in one line.</param>
/// <param name="Remedy">What to write instead, in one line; null where nothing but asking again helps.</param>
public sealed record RlmLoss(RlmLossKind Kind, string Text, string? Remedy = null)
{
    /// <summary>
    /// How many were lost: items, calls of a tool, rows, lines or values, by <see cref="Kind"/>; null where nobody counted.
    /// </summary>
    public long? Count { get; init; }

    /// <summary>Of how many; null where nobody counted.</summary>
    public long? Of { get; init; }
}

/// <summary>What an answer can lose.</summary>
public enum RlmLossKind
{
    /// <summary>Items of a paid stage, or calls of a tool, without a usable result.</summary>
    FailedItems,

    /// <summary>What calls, tokens, money or time did not reach.</summary>
    LimitReached,

    /// <summary>Rows of a table, or lines, that could not be parsed and were left out.</summary>
    RowsLeftOut,

    /// <summary>Values that a stage used and that could not be read as it wanted them.</summary>
    ValuesUnread,

    /// <summary>Fields that a program reads and that no row has.</summary>
    FieldMissing,

    /// <summary>Lines that look like those that <c>extract</c> matched, and were not matched.</summary>
    LinesUnmatched,

    /// <summary>Replies that were to cite what they rest on, and cite nothing.</summary>
    Uncited,

    /// <summary>Items that a sampled run did not ask about, see <see cref="RlmOptions.SampleItems"/>.</summary>
    Sampled,

    /// <summary>Prompts of which the endpoint counts less than half of the tokens that they must have, as one does that cuts them to its window.</summary>
    PromptsCut,
}
