using Rlm.Runtime.Budget;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Children;

/// <summary>
/// Asks a root about each piece of a stage, at the same time, each on its part of the calls. A piece whose root ends without an answer is a
/// failed value; where the first ones are, no other is asked.
/// </summary>
/// <param name="stage">The stage.</param>
/// <param name="run">Its run.</param>
/// <param name="roots">Who asks roots.</param>
/// <param name="answer">Reads what they answer.</param>
/// <param name="pieces">How many pieces there are.</param>
/// <param name="questionAt">What is asked about one of them; null for one that cannot be asked about.</param>
internal sealed class ChildStage(
    PaidStage stage, RunContext run, IChildRoots roots, ChildAnswer answer, int pieces, Func<int, ChildQuestion?> questionAt)
{
    private readonly int _number = run.CountRootStage();
    private readonly Value?[] _values = new Value?[pieces];
    private readonly RlmResult?[] _partial = new RlmResult?[pieces];
    private SemaphoreSlim? _places;
    private int _used;
    private int _done;
    private int _failed;
    private int _blank;

    /// <summary>The value of each piece, in order; of a stage that ended early those before the first that was not asked about.</summary>
    /// <param name="isEnough">Told these values after each round of roots; true ends the stage. Null asks about everything at once.</param>
    /// <param name="cancellationToken">Ends all of them.</param>
    /// <exception cref="EvaluationException">There is not a call for each, and none was asked.</exception>
    public async Task<Value?[]> AskAsync(Func<ArraySegment<Value?>, bool>? isEnough, CancellationToken cancellationToken)
    {
        if (pieces == 0)
            return _values;

        var calls = Reserve(isEnough is null ? pieces : 1);
        using var places = pieces > 1 && run.Places is null && run.Options.Parallel is { } parallel ? new SemaphoreSlim(parallel) : null;
        _places = places;
        int known;
        try
        {
            if (run.Consent is { } consent)
                await consent.RequireAsync(stage.Bound, stage.Text, calls.Limit, 0, cancellationToken).ConfigureAwait(false);
            run.Emit(new StageStarted { At = run.Elapsed, Stage = stage.Text, Calls = pieces });
            run.Deadline.BeginStage();
            try
            {
                known = await AskRoundsAsync(calls, isEnough, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                run.Deadline.EndStage();
            }
        }
        finally
        {
            calls.Close();
            run.Consent?.CountMade(stage.Bound, _used);
            run.Replies.ForgetFailures();
        }

        run.Emit(new StageFinished { At = run.Elapsed, Stage = stage.Text, Calls = _used, Failed = _values.Count(value => value is FailedValue) });
        TellLosses(known);
        return _values[..known];
    }

    /// <summary>Takes the calls of all roots.</summary>
    private CallBudget Reserve(int least)
    {
        int left = run.Budget.Left;
        var calls = run.Budget.CreateChild((int)Math.Min(left, ChildShare.MostOf(left, least)));
        if (calls.Limit >= least)
            return calls;

        calls.Close();
        throw new EvaluationException(
            stage.Bound.HeadSpan,
            Invariant($"`{stage.Text}` would ask {Amount.Of(least, "root")}, each of which takes a call at least; {left:N0} {Amount.Agree(left, "{is|are}")} left of {run.Options.MaxCalls:N0}"),
            left == 0 ? "go on with what the variables hold; counting, filtering and sorting are free" : "cut larger pieces, or filter first with `grep` or `where`")
        {
            Descriptor = RuntimeDiagnostics.OverBudget,
        };
    }

    /// <summary>Asks round by round; gives before which piece the stage ended.</summary>
    private async Task<int> AskRoundsAsync(CallBudget calls, Func<ArraySegment<Value?>, bool>? isEnough, CancellationToken cancellationToken)
    {
        // The same whatever comes first, so that a root gets as much in a replay.
        int most = calls.Limit / (isEnough is null ? pieces : Math.Min(pieces, ChildShare.RoundRoots));
        for (int first = 0, round = isEnough is null ? pieces : FirstCalls.OfItems + 1; first < pieces; round = Math.Min(2 * round, ChildShare.RoundRoots))
        {
            int end = first + Math.Min(Math.Min(round, pieces - first), calls.Left);
            if (end == first)
            {
                stage.Failed.CountUnasked(pieces - first, pieces);
                return first;
            }

            if (await AskRoundAsync(first, end, calls, Math.Max(1, Math.Min(most, calls.Left / (end - first))), cancellationToken).ConfigureAwait(false)
                is { } vain)
            {
                for (int place = 0; place < pieces; place++)
                    _values[place] ??= vain;
                stage.Failed.CallsInVain = _used;
                return pieces;
            }

            first = end;
            if (isEnough?.Invoke(new ArraySegment<Value?>(_values, 0, end)) == true)
                return end;
        }

        return pieces;
    }

    /// <summary>Asks about some pieces, the first of all ahead of the others; gives what is left of these where none of those was of use.</summary>
    private async Task<FailedValue?> AskRoundAsync(int first, int end, CallBudget calls, int each, CancellationToken cancellationToken)
    {
        int ahead = first == 0 && end > FirstCalls.OfItems ? FirstCalls.OfItems : end;
        await AskPiecesAsync(first, ahead, calls, each, cancellationToken).ConfigureAwait(false);
        if (ahead == end)
            return null;
        if (_values[0] is FailedValue vain && _values[1..ahead].All(value => value is FailedValue))
            return vain;

        await AskPiecesAsync(ahead, end, calls, each, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private Task AskPiecesAsync(int first, int end, CallBudget calls, int each, CancellationToken cancellationToken)
    {
        bool isSafe = stage.Callers.All(static caller => caller.Traits.IsThreadSafe);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = isSafe ? run.Options.Parallel ?? AdaptiveParallelism.Most : 1,
            CancellationToken = cancellationToken,
        };
        return Parallel.ForEachAsync(ListPieces(), options, async (piece, token) =>
            await AskAsync(piece.Place, piece.Question, piece.Calls, token).ConfigureAwait(false));

        // A question is made up when its turn comes, by one thread at a time.
        IEnumerable<(int Place, ChildQuestion Question, CallBudget Calls)> ListPieces()
        {
            for (int place = first; place < end; place++)
            {
                if (questionAt(place) is not { } question)
                    continue;

                _blank += Reading.IsNone(question.Piece) || question.Piece is TextValue { LengthBytes: 0 } ? 1 : 0;
                yield return (place, question, calls.CreateChild(each));
            }
        }
    }

    /// <summary>Asks a root, and takes what came of it.</summary>
    private async Task AskAsync(int place, ChildQuestion question, CallBudget calls, CancellationToken cancellationToken)
    {
        var own = run.ForRoot(
            run.Options with { MaxCalls = calls.Limit, SampleItems = null, Shape = answer.Shape, Formats = [] }, calls, Invariant($"{_number}.{place + 1}"), _places);
        own.Emit(new RootStarted { At = run.Elapsed, Question = question.Text });
        RlmResult? result = null;
        Value value;
        int used;
        try
        {
            result = await roots.AskAsync(question, stage.ModelName, own, cancellationToken).ConfigureAwait(false);
            value = answer.Read(result, question);
        }
        catch (LimitReachedException exception)
        {
            value = new FailedValue(run.Limits.RefuseCalls(exception.Message).Message) { IsOverLimit = true };
        }
        catch (ModelException exception) when (!exception.IsForAll)
        {
            value = new FailedValue(exception.Message);
        }
        finally
        {
            used = calls.Used;
            Interlocked.Add(ref _used, used);
            calls.Close();
        }

        _values[place] = value;
        _partial[place] = result is { IsPartial: true } && value is not FailedValue ? result : null;
        own.Emit(new RootFinished
        {
            At = run.Elapsed,
            Answer = value is FailedValue ? null : result!.Answer,
            Reason = value is FailedValue failed ? failed.Reason : result!.Reasons is [var reason, ..] ? reason : null,
            Calls = used,
        });
        int failures = value is FailedValue ? Interlocked.Increment(ref _failed) : Volatile.Read(ref _failed), done = Interlocked.Increment(ref _done);
        if (run.TellsCalls)
            run.Emit(new CallFinished { At = run.Elapsed, Done = done, Calls = pieces, Failed = failures, Usage = run.Usage });
    }

    /// <summary>What answers rest on that is not there is lost to who takes them, too.</summary>
    private void TellLosses(int known)
    {
        if (_blank > 0)
            stage.Failed.CountBlank(_blank, known);
        RlmResult[] partial = [.. _partial.OfType<RlmResult>()];
        if (partial.Length == 0)
            return;

        string why = partial[0].Reasons is [var reason, ..] ? $": {reason}" : "";
        stage.Evaluation.Lose(new RlmLoss(
            partial[0].Losses is [var loss, ..] ? loss.Kind : RlmLossKind.LimitReached,
            $"{stage.Text}: {Amount.Of(partial.Length, known, "answer")} {Amount.Agree(partial.Length, "{is|are}")} partial{why}")
        {
            Count = partial.Length,
            Of = known,
        });
    }
}
