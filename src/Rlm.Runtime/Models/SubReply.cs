using System.Diagnostics.CodeAnalysis;

namespace Rlm;

/// <summary>What came of one prompt of <see cref="SubCalls"/>: the model's text, or why there is none.</summary>
public sealed record SubReply
{
    /// <summary>The reply, as the model gave it; null where there is none, and then <see cref="Failure"/> says why.</summary>
    public string? Text { get; init; }

    /// <summary>Why there is no text, in one line; null where there is one.</summary>
    public string? Failure { get; init; }

    /// <summary>What kind of failure of the model it was; null where there is a text, or a limit was reached.</summary>
    public ModelFailure? Kind { get; init; }

    /// <summary>Whether there is a text.</summary>
    [MemberNotNullWhen(true, nameof(Text))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsAnswered => Text is not null;

    /// <summary>Whether the text stops where its tokens ran out.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether calls, tokens, money or time left nothing for it, or whoever was asked did not confirm it.</summary>
    public bool IsOverLimit { get; init; }

    /// <summary>The text, or an exception that says why there is none.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message is <see cref="Failure"/>.</exception>
    public string RequireText() => Text ?? throw new InvalidOperationException(Failure);

    internal static SubReply Fail(ModelException exception) => new() { Failure = exception.Message, Kind = exception.Failure };

    internal static SubReply RefuseAt(string limit) => new() { Failure = limit, IsOverLimit = true };
}
