using Microsoft.Extensions.AI;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Planning;
using Rlm.Runtime.Rendering;

namespace Rlm;

/// <summary>
/// Sub-calls that a host makes itself, within the limits of its options and on the same budget as agents where
/// <see cref="RlmOptions.Budget"/> is shared: the seed's <c>llm_query</c> and <c>llm_query_batched</c>.
/// </summary>
/// <remarks>
/// All calls together are one run, from creation until it is disposed: calls, tokens, money, time, pace and journal are counted over all of
/// them. Any number of threads may ask at the same time. Equal prompts are asked once, and the later ones share the reply.
/// </remarks>
public sealed class SubCalls : IDisposable
{
    private static readonly SubReply Blank = new() { Failure = "the prompt is blank: nothing was asked" };

    private readonly RunContext _run;
    private readonly ModelCaller _caller;
    private readonly RunDeadline _deadline;
    private readonly IDisposable? _writing;
    private readonly SemaphoreSlim _places;
    private readonly int _parallel;
    private volatile bool _hasReply;
    private int _answered;
    private int _failed;
    private int _isDisposed;

    /// <param name="model">The model to ask.</param>
    /// <param name="options">Limits and settings; null for the defaults. What is about roots and programs is ignored.</param>
    /// <exception cref="ArgumentException">An option, which is named, cannot be held to.</exception>
    /// <exception cref="InvalidOperationException">Another run has the journal.</exception>
    public SubCalls(IChatClient model, RlmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new RlmOptions();
        OptionRules.Require(options);
        IRunJournal? journal = options.Journal;
        _writing = journal?.TakeForRun();
        _deadline = new RunDeadline(options);
        _run = new RunContext(
            options, journal, options.CreateRunBudget(), options.CreateMeter(), new CallPace(options), new ReplyCache(journal), _ => { })
        {
            Deadline = _deadline,
            Consent = options.Confirm is { } confirm ? new SpendingConsent(confirm) : null,
        };
        _caller = new ModelCaller(model, _run, "sub");
        _parallel = _caller.Traits.IsThreadSafe ? options.Parallel ?? AdaptiveParallelism.Most : 1;
        _places = new SemaphoreSlim(_parallel);
        if (journal?.Damage is { } damage)
            _run.NoteOnce($"{damage}: what they held is asked for again");
        options.Journal?.WriteContexts([], _run.Clock);
    }

    /// <summary>Calls that were made or are about to be; those of others on a shared budget are not among them.</summary>
    public int CallsUsed => _run.Budget.Used;

    /// <summary>Calls that may still be made: what this run and the shared budget leave.</summary>
    public int CallsRemaining => _run.Budget.Left;

    /// <summary>What is used up to now: calls, tokens, US dollars, time.</summary>
    public RlmUsage Usage => _run.Usage;

    /// <summary>What is worth knowing of the calls, one line each, such as attempts that may have been charged for nothing.</summary>
    public IReadOnlyList<string> Notes => _run.Notes;

    /// <summary>Asks one prompt, as it is: nothing is put before or behind it.</summary>
    /// <param name="prompt">The prompt; a blank one is not sent, and its reply says so.</param>
    /// <param name="cancellationToken">Cancels the call; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The reply, or why there is none. A model that fails and a limit that is reached throw nothing.</returns>
    public async Task<SubReply> AskAsync(string prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return (await AskAllAsync([prompt], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>
    /// Asks prompts, <see cref="RlmOptions.Parallel"/> at a time, one after another where the client says that it is not thread-safe.
    /// </summary>
    /// <param name="prompts">The prompts; may be empty. A blank one is not sent, and its reply says so.</param>
    /// <param name="cancellationToken">Cancels calls in flight; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// What came of each, in the order of the prompts; empty for none. Where fewer calls are left than there are prompts, the first ones
    /// are asked and the others say so. A failure that every further call would meet, such as a wrong key, is told for the rest without asking.
    /// </returns>
    /// <exception cref="ArgumentException">A prompt is null.</exception>
    public async Task<IReadOnlyList<SubReply>> AskAllAsync(IReadOnlyList<string> prompts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        if (prompts.Any(prompt => prompt is null))
            throw new ArgumentException("A prompt is null.", nameof(prompts));
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (prompts.Count == 0)
            return [];

        var asked = prompts.Where(prompt => !string.IsNullOrWhiteSpace(prompt)).Distinct(StringComparer.Ordinal);
        var batch = new Batch([.. asked.Select(MakePrompt)], Amount.Of(prompts.Count, "prompt"));
        try
        {
            await ReserveAsync(batch, cancellationToken).ConfigureAwait(false);
            _run.Emit(new StageStarted { At = _run.Elapsed, Stage = batch.Name, Calls = batch.Reserved });
            var options = new ParallelOptions { MaxDegreeOfParallelism = _parallel, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(batch.Prompts, options, async (prompt, token) =>
                prompt.Reply ??= await AskAsync(prompt, batch, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            _run.Budget.Refund(batch.Reserved - batch.Made);
            _run.Replies.ForgetFailures();
        }

        var byText = batch.Prompts.ToDictionary(static prompt => prompt.Text, static prompt => prompt.Reply, StringComparer.Ordinal);
        IReadOnlyList<SubReply> replies = [.. prompts.Select(prompt => byText.GetValueOrDefault(prompt) ?? Blank)];
        int failed = replies.Count(reply => !reply.IsAnswered);
        Interlocked.Add(ref _failed, failed);
        Interlocked.Add(ref _answered, replies.Count - failed);
        _run.Emit(new StageFinished { At = _run.Elapsed, Stage = batch.Name, Calls = batch.Made, Failed = failed });
        return replies;
    }

    /// <summary>Ends the run: its journal is free for another, and nothing can be asked any more. Await what was asked before.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        try
        {
            _run.Emit(new RunFinished
            {
                At = _run.Elapsed,
                Result = new RlmResult
                {
                    Outcome = _failed > 0 && _answered == 0 ? RlmOutcome.Failed : RlmOutcome.Completed,
                    IsPartial = _failed > 0 || _run.Losses.Count > 0,
                    Losses = _run.Losses,
                    Reasons =
                    [
                        .. _failed > 0 ? (string[])[$"{Amount.Of(_failed, _failed + _answered, "prompt")} got no reply"] : [],
                        .. _run.Losses.Select(loss => loss.Text),
                    ],
                    Notes = _run.Notes,
                    Usage = _run.Usage,
                },
            });
        }
        finally
        {
            _writing?.Dispose();
            _deadline.Dispose();
        }
    }

    private Prompt MakePrompt(string text)
    {
        ChatMessage[] messages = [new(ChatRole.User, text)];
        return new Prompt(text, messages, _caller.KeyOf(messages, null));
    }

    /// <summary>Reserves a call for each prompt whose reply is not there, as many as are left, and asks whoever wants to confirm it.</summary>
    private async Task ReserveAsync(Batch batch, CancellationToken cancellationToken)
    {
        Prompt[] asked = [.. batch.Prompts.Where(prompt => !_run.Replies.Has(prompt.Key))];
        batch.Reserved = _run.Budget.ReserveUpTo(asked.Length);
        string limit = $"{Amount.Of(_run.Budget.Limit)} at most, {_run.Options.NameOf(nameof(RlmOptions.MaxCalls))}";
        string shared = _run.Options.Budget is null ? "" : $", or what the shared {nameof(RlmOptions.Budget)} has";
        foreach (var prompt in asked.Skip(batch.Reserved))
            prompt.Reply = SubReply.RefuseAt($"no call was left for it ({limit}{shared})");

        if (_run.Consent is not { } consent || batch.Reserved == 0)
            return;

        long[] tokens = [.. asked.Take(batch.Reserved).Select(prompt => _caller.TokensOf(prompt.Messages))];
        var spending = new CallAmounts(
            batch.Reserved, tokens.Sum(), (long)batch.Reserved * _caller.MaxReplyTokens, 0, 0, 0, tokens.Max())
            .Of(batch.Name, SpendingCertainty.Exactly, _caller.Price);
        try
        {
            await consent.AskAsync(new SpendingPlan([spending]), cancellationToken).ConfigureAwait(false);
        }
        catch (LimitReachedException exception)
        {
            foreach (var prompt in asked)
                prompt.Reply ??= SubReply.RefuseAt(exception.Message);
        }
    }

    private async Task<SubReply> AskAsync(Prompt prompt, Batch batch, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (batch.ForAll is null)
            {
                try
                {
                    var reply = await _caller.CallAsync(prompt.Messages, isShared: true, batch.CountMade, cancellationToken)
                        .ConfigureAwait(false);
                    _hasReply = true;
                    return Read(reply);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    // Whoever asked the same first has cancelled it.
                    _run.Replies.ForgetFailures();
                }
            }

            return batch.ForAll;
        }
        catch (LimitReachedException exception)
        {
            return SubReply.RefuseAt(exception.Message);
        }
        catch (ModelException exception)
        {
            var failed = SubReply.Fail(exception);
            if (exception.IsForAll || exception.Failure is ModelFailure.Unreachable or ModelFailure.Disconnected && !_hasReply)
                batch.ForAll = failed;
            return failed;
        }
        finally
        {
            _places.Release();
        }
    }

    private static SubReply Read(ModelReply reply) => string.IsNullOrWhiteSpace(reply.Text)
        ? SubReply.Fail(new ModelException(ModelFailure.EmptyReply, "the model's reply was empty"))
        : new SubReply { Text = reply.Text, IsCut = reply.IsCut };

    /// <summary>A prompt, which one thread at a time looks at, and what came of it.</summary>
    private sealed class Prompt(string text, IReadOnlyList<ChatMessage> messages, CallKey key)
    {
        public string Text => text;

        public IReadOnlyList<ChatMessage> Messages => messages;

        public CallKey Key => key;

        public SubReply? Reply { get; set; }
    }

    /// <summary>Different prompts that are asked together.</summary>
    private sealed class Batch(IReadOnlyList<Prompt> prompts, string name)
    {
        private int _made;

        public IReadOnlyList<Prompt> Prompts => prompts;

        public string Name => name;

        /// <summary>What every further call would meet; null for nothing.</summary>
        public SubReply? ForAll { get; set; }

        public int Reserved { get; set; }

        public int Made => Volatile.Read(ref _made);

        public void CountMade() => Interlocked.Increment(ref _made);
    }
}
