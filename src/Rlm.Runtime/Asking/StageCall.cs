using Rlm.Runtime.Budget;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// One call of a stage: which items it asks about, what came of each, and what to ask next about those without a usable reply.
/// </summary>
/// <param name="places">The places of the items, in order.</param>
/// <param name="sample">The number of the vote, from 0.</param>
/// <param name="problem">What was wrong with an earlier reply about these items; null where there was none, or nothing to tell.</param>
/// <param name="isLastTry">Whether the items have been asked about before.</param>
internal sealed class StageCall(int[] places, int sample, string? problem = null, bool isLastTry = false)
{
    private const int MaxReplyChars = 300;

    private string?[]? _problems;
    private string?[]? _replies;
    private ModelException? _failure;
    private bool _isOverLimit;

    /// <summary>The number of the call among those of its round.</summary>
    public int Order { get; set; }

    /// <summary>What is asked about each item, from when the call is about to be made.</summary>
    public IReadOnlyList<AskItem> Items { get; set; } = [];

    /// <summary>
    /// For each item those that repeat it; empty where no item of the plan repeats another.
    /// </summary>
    public (int Place, AskItem Item)[][] Repeats { get; set; } = [];

    public IReadOnlyList<int> Places => places;

    public int Sample => sample;

    public string? Problem => problem;

    /// <summary>Whether the call made no reply, and a smaller one would make none either.</summary>
    public bool IsHopeless => _isOverLimit
        || _failure is not null && (places.Length == 1 || _failure.Failure is not (ModelFailure.PromptTooLong or ModelFailure.OutputLimit
        or ModelFailure.ReplyTooLarge or ModelFailure.Refused or ModelFailure.Timeout or ModelFailure.MalformedReply
        or ModelFailure.EmptyReply or ModelFailure.BadRequest));

    /// <summary>Whether a plan has no reply of the call, which it cannot make.</summary>
    public bool IsNotHeld => _failure?.Failure == ModelFailure.NotChosen;

    /// <summary>Whether the model's window is too small for the call.</summary>
    public bool IsTooLong => _failure?.Failure == ModelFailure.PromptTooLong;

    /// <summary>Why tokens or money ran out before there was a reply; null where they did not.</summary>
    public string? OverLimit => _isOverLimit ? _problems![0] : null;

    /// <summary>The places without a usable reply, each with the reason.</summary>
    public IEnumerable<(int Place, string Reason)> Open =>
        places.Zip(_problems ?? []).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!));

    /// <summary>Whether each item has a usable reply.</summary>
    public bool IsSettled => _problems is null;

    /// <summary>Whether no item has a usable reply, however small a pack may be.</summary>
    public bool IsInVain => _problems is not null && !_problems.Contains(null) && !IsTooLong && !IsNotHeld && !_isOverLimit;

    /// <summary>Takes what a reply was read as.</summary>
    /// <param name="index">Which of the call's items.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="reply">What was read, of which the start is kept where it is of no use.</param>
    public Value? Take(int index, ReplyReading reading, string reply)
    {
        if (reading.Problem is { } wrong)
        {
            (_problems ??= new string?[places.Length])[index] = wrong;
            (_replies ??= new string?[places.Length])[index] = reply[..Math.Min(reply.Length, MaxReplyChars)];
        }

        return reading.Value;
    }

    /// <summary>Those of the call's items that another call has replies of need not be asked about again.</summary>
    public void Settle(IEnumerable<int> settled)
    {
        foreach (int place in settled)
            _problems![Array.IndexOf(places, place)] = null;
        if (_problems!.All(problem => problem is null))
            _problems = null;
    }

    /// <summary>
    /// The call about the first half of the items, or about the first one alone; null where a smaller call would make no reply either.
    /// </summary>
    public StageCall? MakeSmaller(bool isAlone) =>
        IsHopeless ? null : Part([.. Open.Take(isAlone ? 1 : Math.Max(1, places.Length / 2))]);

    /// <summary>There was no reply.</summary>
    public void Fail(ModelException exception)
    {
        Array.Fill(_problems = new string?[places.Length], exception.Message);
        _failure = exception;
    }

    /// <summary>Tokens or money ran out before there was a reply.</summary>
    public void Stop(LimitReachedException exception)
    {
        Array.Fill(_problems = new string?[places.Length], exception.Message);
        _isOverLimit = true;
    }

    /// <summary>An item that is left without a usable reply.</summary>
    public FailedValue MakeFailure(int place, string reason) =>
        new(reason) { Reply = _replies?[Array.IndexOf(places, place)], IsTooLong = IsTooLong, IsOverLimit = _isOverLimit };

    /// <summary>
    /// The calls to make instead about items without a usable reply: together once more, with what was wrong; in halves where that was done
    /// or nothing was usable, down to single items.
    /// </summary>
    public IReadOnlyList<StageCall> MakeNext()
    {
        var open = Open.ToArray();
        if (open.Length == 0 || IsHopeless)
            return [];
        if (open.Length == places.Length && places.Length > 1 || isLastTry && open.Length > 1)
            return [Part(open[..(open.Length / 2)]), Part(open[(open.Length / 2)..])];
        return isLastTry ? [] : [Part(open)];
    }

    private StageCall Part((int Place, string Reason)[] open) =>
        new([.. open.Select(pair => pair.Place)], sample, _failure is null ? open[0].Reason : null, isLastTry: true);
}
