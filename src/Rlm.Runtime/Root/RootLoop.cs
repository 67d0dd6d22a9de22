using Microsoft.Extensions.AI;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Root;

/// <summary>The turns of one question: a program, what it shows, the next program, until one answers or something runs out.</summary>
internal sealed class RootLoop(RunContext run, ModelCaller root, SubModels subModels)
{
    private const int MaxRepeats = 3;
    private const int MaxWordless = 3;
    private const int MaxWordChars = 2_000;
    private const double LastAttemptShare = 0.8;

    /// <summary>Tokens that the root's next prompt may grow by, and tokens of its reply, which sub-calls leave for its last turn.</summary>
    private const long ObservationTokens = 2_000;
    private const long ProgramTokens = 1_000;

    private const string Gap = "\n\n";
    private const string Nudge = "Your reply had no program. Reply with one ```rlm block; end with `answer …` when you know the answer.";
    private const string CutNudge =
        "Your reply was cut off where its tokens ran out, so that its program is not whole; it was not run. Reply with a shorter one.";
    private const string OnlyTurn = "There is one turn only. Reply with a program that ends with `answer …`.";
    private const string EmptyAnswer =
        "The answer is empty: nothing matched. Look at the data again, or answer with a text that says that there is nothing.";
    private const string LastTurn =
        "This is the last turn. Reply with a program that ends with `answer …`; what the variables hold costs nothing. Say in the answer what is not certain.";

    private readonly List<ChatMessage> _messages = [];
    private readonly OperatorPages _pages = new();
    private readonly TurnCalls? _turns = run.Depth == 0 ? null : new TurnCalls(run.Budget);
    private readonly PaidSizes _sizes = new(run, subModels);
    private readonly ReplyGrammar? _grammar = ReplyGrammar.Of(root.Traits.Grammar, run.Options.Tools);
    private string? _lastProgram;
    private int _repeats;
    private int _wordless;
    private RlmResult? _returned;
    private bool _hasRefusedCalls;
    private bool _hasResults;
    private bool _isConfirmed;
    private string? _unfit;

    /// <param name="question">The question.</param>
    /// <param name="cards">The cards of the variables that it is about.</param>
    /// <param name="memory">The variables.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ModelException">The root failed.</exception>
    public async Task<RlmResult> RunAsync(
        string question, string cards, RootMemory memory, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(question, cards, memory, cancellationToken).ConfigureAwait(false);
        }
        catch (LimitReachedException exception) when (_returned is not null)
        {
            return EndRun(exception.Message, RlmOutcome.LimitReached);
        }
        finally
        {
            _turns?.Release();
        }
    }

    private async Task<RlmResult> AskAsync(
        string question, string cards, RootMemory memory, CancellationToken cancellationToken)
    {
        var table = memory.Variables;
        var executor = new ProgramExecutor(run, subModels, table) { ShowsOn = true };
        var options = run.Options;
        _messages.Add(new ChatMessage(ChatRole.System, RootPrompt.System(options, run.Depth)));
        string?[] parts =
        [
            PromptMarkers.Wrap(PromptMarkers.Question, question),
            options.Shape?.Instruction,
            memory.TellEarlier(),
            PromptMarkers.Frame(PromptMarkers.Variables, cards),
            await memory.TellKeptAsync(_sizes, cancellationToken).ConfigureAwait(false),
        ];
        Say(string.Join(Gap, parts.OfType<string>()), Observation.Budget(1, run));

        for (int turn = 1; turn <= options.MaxSteps; turn++)
        {
            long promptTokens = run.Limits.HasAny ? root.TokensOf(_messages) : 0;
            KeepBackATurn(promptTokens);
            string? why = WhyLast(turn, promptTokens, out bool isLimit);
            if (why is not null)
                Say(turn == 1 ? OnlyTurn : LastTurn);

            _isConfirmed = _isConfirmed || await RootConsent.RequireAsync(
                run, root, _messages, turn, options.MaxSteps - turn + 1, cancellationToken).ConfigureAwait(false);
            run.Emit(new TurnStarted { At = run.Elapsed, Number = turn, MaxSteps = options.MaxSteps });
            run.CountStep();
            ModelReply reply;
            try
            {
                reply = await AskRootAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ModelException exception) when (turn > 1)
            {
                // What was paid for and found is told; a root that never answered has found nothing.
                return EndRun(exception.Message, RlmOutcome.Failed);
            }

            var result = await TakeTurnAsync(turn, reply, executor, table, why is not null, turn > 1 ? why : null, cancellationToken)
                .ConfigureAwait(false);
            if (result is not null)
                return result;
            if (why is not null)
                return EndRun(why, isLimit || _hasRefusedCalls ? RlmOutcome.LimitReached : RlmOutcome.NoAnswer);
        }

        throw new InvalidOperationException("The last turn always ends the loop.");
    }

    /// <summary>What a last turn after this one takes is not for sub-calls.</summary>
    private void KeepBackATurn(long promptTokens) => run.Limits.KeptForLastTurn =
        Spending.Of(promptTokens + ObservationTokens, ProgramTokens, root.Price);

    private async Task<ModelReply> AskRootAsync(CancellationToken cancellationToken)
    {
        // Child roots that are told the same share the reply, whoever is first.
        var reply = await root.CallAsync(
            _messages, isShared: _turns is not null, _turns is null ? run.Meter.AddRootCall : _turns.CountMade, cancellationToken, grammar: _grammar).ConfigureAwait(false);

        // No provider takes an empty turn.
        _messages.Add(new ChatMessage(ChatRole.Assistant, reply.Text.Length > 0 ? reply.Text : reply.Received));
        return reply;
    }

    private async Task<RlmResult?> TakeTurnAsync(
        int turn, ModelReply reply, ProgramExecutor executor, VariableTable table, bool isLast, string? why,
        CancellationToken cancellationToken)
    {
        bool isBroken = reply.IsCut && !ReplyProgram.IsWhole(reply.Text);
        if (isBroken || ReplyProgram.Find(reply.Text) is not { } text)
        {
            // Words instead of a program in the last turn are the best answer that there will be, if the root has seen anything.
            if (!isBroken && why is not null && _hasResults && _returned is null && WordsAsAnswer(reply.Text.Trim()) is { Length: > 0 } said)
                return MakeAnswer(new ProgramOutcome { Answer = new(said) }, null, why);

            string words = Shorten(reply.Text.Trim(), MaxWordChars);
            EndTurn(turn, null, isBroken ? CutNudge : Nudge, false, words);
            return ++_wordless == MaxWordless && !isLast
                ? EndRun(
                    $"{MaxWordless} replies in a row held no program; the last says: <reply>{PromptMarkers.Defuse(Shorten(words, 300).ReplaceLineEndings(" "))}</reply>",
                    RlmOutcome.NoAnswer)
                : null;
        }

        _wordless = 0;

        var program = new SourceText(text, $"turn {turn}");
        run.Emit(new ProgramStarted { At = run.Elapsed, Text = text });
        var before = table.Symbols.ToHashSet();
        var compiled = table.Compile(program, run.Options.RulesAt(run.Depth));
        var large = isLast ? null : await _sizes.LargeAsync(compiled, table, cancellationToken).ConfigureAwait(false);
        var outcome = await (large is null
            ? executor.RunAsync(compiled, cancellationToken)
            : executor.RunFreeAsync(compiled, cancellationToken)).ConfigureAwait(false);
        _hasRefusedCalls |= outcome.IsOverBudget;
        _unfit = outcome.Diagnostics.FirstOrDefault(static found =>
            found.Descriptor == RuntimeDiagnostics.UnfitAnswer || found.Descriptor == DslDiagnostics.WrongAnswer)?.Message ?? _unfit;
        _hasResults |= outcome.Shown.Count > 0;
        bool isEmpty = !isLast && outcome.Answer is not null && string.IsNullOrWhiteSpace(outcome.Answer.ToString());
        bool isReturned = !isLast && !isEmpty && _returned is null && MayBeMended(outcome);
        if (isReturned)
            _returned = MakeAnswer(outcome, text, null);
        if (outcome.Answer is not null && !isEmpty && !isReturned)
        {
            EndTurn(turn, text, outcome.Answer.ToString(), true);
            return MakeAnswer(outcome, text, why);
        }

        var defined = await _sizes.DescribeAsync([.. table.Symbols.Where(symbol => !before.Contains(symbol) && !table.HasFailed(symbol))], table, cancellationToken)
            .ConfigureAwait(false);
        string observation = Observation.Of(program, outcome, defined, _pages.For(program, outcome.Diagnostics), large, run.Options.MaxShownChars);
        if (isReturned)
            observation = Observation.OfReturned(outcome, run.Options.MaxShownChars);
        if (isEmpty)
            observation += $"\n\n{EmptyAnswer}";
        _repeats = text == _lastProgram ? _repeats + 1 : 0;
        _lastProgram = large is null ? text : null;
        if (_repeats > 0)
            observation += "\n\nThis is the same program as before, and it gave the same. Write another one, or answer.";
        return EndTurn(turn, text, observation, false);
    }

    /// <summary>The words as an answer of the shape that it must have; null where they are none.</summary>
    private string? WordsAsAnswer(string words)
    {
        if (run.Options.Shape is not { } shape)
            return words;

        var (json, problem) = shape.Read(words);
        _unfit = problem ?? _unfit;
        return json;
    }

    /// <summary>Ends a turn without an answer.</summary>
    private RlmResult? EndTurn(int turn, string? program, string observation, bool isAnswer, string? words = null)
    {
        var step = new RlmStep
        {
            Number = turn,
            Program = program,
            Words = words,
            Observation = observation,
            IsAnswer = isAnswer,
            Usage = run.Usage,
            Root = run.Root,
        };
        if (!isAnswer && run.Options.OnObservation?.Invoke(step) is { Length: > 0 } more)
        {
            observation = $"{observation}{Gap}{more}";
            step = step with { Observation = observation };
        }

        run.Emit(new TurnFinished { At = run.Elapsed, Step = step });
        run.Options.OnStep?.Invoke(step);
        if (!isAnswer)
            Say(observation, Observation.Budget(turn + 1, run));
        return null;
    }

    /// <summary>Adds to what the root is told next.</summary>
    private void Say(string text, TextContent? budget = null)
    {
        IEnumerable<AIContent> before = [];
        if (_messages[^1].Role == ChatRole.User)
        {
            before = [.. _messages[^1].Contents, new TextContent(Gap)];
            _messages.RemoveAt(_messages.Count - 1);
        }

        _messages.Add(new ChatMessage(
            ChatRole.User, [.. before, new TextContent(text), .. budget is null ? (AIContent[])[] : [new TextContent(Gap), budget]]));
    }

    /// <summary>Why this turn must be the last; null where it need not.</summary>
    private string? WhyLast(int turn, long promptTokens, out bool isLimit)
    {
        isLimit = true;
        if (_turns?.TryReserve() == false)
            return Invariant($"the calls ran out ({Amount.Of(run.Options.MaxCalls, "call")} of {run.Options.NameOf(nameof(RlmOptions.MaxCalls))} for this root)");
        if (run.Limits.ReasonToEnd(Spending.Of(promptTokens, ProgramTokens, root.Price)) is { } spent)
            return spent;
        if (run.Options.Timeout is { } timeout && run.Elapsed > timeout * LastAttemptShare)
            return Invariant($"the time ran out ({timeout.TotalSeconds:0.###} s, {run.Options.NameOf(nameof(RlmOptions.Timeout))})");

        isLimit = false;
        if (turn == run.Options.MaxSteps)
            return $"the steps ran out ({run.Options.MaxSteps}, {run.Options.NameOf(nameof(RlmOptions.MaxSteps))})";
        return _repeats >= MaxRepeats - 1 ? $"the root wrote the same program {MaxRepeats} times" : null;
    }

    private RlmResult MakeAnswer(ProgramOutcome outcome, string? program, string? why) => new()
    {
        Outcome = RlmOutcome.Answered,
        Written = outcome.Answer,
        Forms = outcome.Forms,
        IsPartial = why is not null || outcome.Losses.Count > 0,
        Losses = [.. outcome.Losses.Distinct()],
        Reasons = [.. why is null ? [] : (string[])[why], .. outcome.Losses.Select(loss => loss.Text).Distinct()],
        Notes = outcome.Notes,
        Citations = outcome.Citations,
        Quotes = outcome.Quotes,
        Program = program,
        Usage = run.Usage,
    };

    /// <summary>
    /// Whether the root should see the answer with what it lost before it counts: what a limit did not reach cannot be mended.
    /// </summary>
    private static bool MayBeMended(ProgramOutcome outcome) =>
        outcome.Answer is not null && outcome.Losses.Count > 0 && outcome.Losses.All(loss => loss.Kind != RlmLossKind.LimitReached);

    private static string Shorten(string text, int maxChars) => text.Length > maxChars ? $"{text[..maxChars]}…" : text;

    /// <summary>The end of a run without another answer: one that was returned stands then.</summary>
    private RlmResult EndRun(
        string why, RlmOutcome outcome) => _returned is { } answer ? answer with { Reasons = [why, .. answer.Reasons], Usage = run.Usage } : new()
        {
            Outcome = outcome,
            Reasons = _unfit is null ? [why] : [why, _unfit],
            Program = _lastProgram,
            Usage = run.Usage,
        };
}
