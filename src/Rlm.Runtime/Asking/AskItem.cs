using Rlm.Dsl.Types;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>One item that a sub-model is asked about.</summary>
/// <param name="Instruction">The prompt, its holes references to the data.</param>
/// <param name="Data">What is asked about, below the prompt or as one row of many.</param>
/// <param name="Source">The text that quotes must occur in; null where there is none.</param>
internal sealed record AskItem(string Instruction, string Data, TextValue? Source)
{
    /// <summary>The items that stand before it in the list and are shown as context, in order.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Those behind it; of rows in one call the last one has them.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>The mark of what is asked about.</summary>
    public string Mark { get; init; } = PromptMarkers.Data;

    /// <summary>What its reply has to be beside its type, such as to cite; null for no more.</summary>
    public IReplyCheck? Check { get; init; }

    /// <summary>Reads the reply about it.</summary>
    public ReplyReading Read(RlmType type, string reply) =>
        ReplyReader.Read(type, reply, Source) is var reading && Check is not null ? Check.Read(reading) : reading;

    /// <summary>Whether all that is asked about is none or blank.</summary>
    public bool IsBlank { get; init; }
}
