using Rlm.Runtime.Budget;

namespace Rlm.Runtime.Journal.Traces;

/// <summary>Puts the entries of one run together: which call is of which stage, and which stage of which turn.</summary>
/// <param name="allowance">The steps that are kept of the journal.</param>
internal sealed class RunTracer(StepAllowance allowance)
{
    private const int MaxReasonChars = 500;

    private readonly TracedRun _run = new(new JournalRunAccount());
    private readonly List<TracedStep> _steps = [];
    private readonly List<StageTally> _stages = [];
    private readonly List<TracedCall> _calls = [];

    /// <summary>The stages that are open, by root; the empty text stands for the run's own.</summary>
    private readonly Dictionary<string, List<int>> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _turns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _callsByKey = new(StringComparer.Ordinal), _retries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private int _rootCalls;

    public JournalRunAccount Account => _run.Account;

    /// <summary>Adds what an entry tells.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="root">The root that it is about; null for the run's own.</param>
    public void Add(IJournalEntry entry, string? root)
    {
        Account.Add(entry);
        root = root is null ? null : Share(root);
        var at = entry.At ?? TimeSpan.Zero;
        switch (entry)
        {
            case JournalRun asked:
                _run.Asked = asked;
                break;
            case TurnEntry turn:
                _turns[root ?? ""] = turn.Number;
                Keep(new(TracedStepKind.Turn, at, "") { Root = root, Number = turn.Number });
                break;
            case TurnEndEntry { Words: { } words }:
                Keep(new(TracedStepKind.Words, at, words) { Root = root });
                break;
            case TextEntry text:
                Keep(new(KindOf(text), at, text.Text) { Root = root });
                break;
            case ShownEntry shown:
                Keep(new(TracedStepKind.Value, at, shown.Preview) { Root = root, Detail = shown.Schema });
                break;
            case RootStartEntry start:
                Keep(new(TracedStepKind.RootStarted, at, start.Question) { Root = root });
                break;
            case RootEndEntry end:
                Keep(new(TracedStepKind.RootFinished, at, end.Answer ?? "") { Root = root, Detail = end.Reason });
                break;
            case ToolEndEntry { Outcome: var tool }:
                Keep(new(TracedStepKind.Tool, at, tool.Tool) { Root = root, Detail = tool.Failure ?? tool.Result?.GetRawText() });
                break;
            case StageEntry stage:
                BeginStage(stage, at, root);
                break;
            case StageEndEntry stage:
                EndStage(stage, at, root);
                break;
            case RetryEntry { Call.Key: var key }:
                _retries[key] = _retries.GetValueOrDefault(key) + 1;
                break;
            case CallEntry { Call: var call }:
                _rootCalls += call.Model == Models.Calls.ModelCaller.Root ? 1 : 0;
                AddCall(call.Key, root, call.Reply.Tokens, new(Share(call.Model), at)
                {
                    Took = call.Took,
                    State = call.Limit is null ? TracedCallState.Replied : TracedCallState.Unusable,
                    Reason = call.Limit,
                    CostUsd = call.CostUsd,
                });
                break;
            case FailedEntry { Call: var call }:
                _rootCalls += call.Model == Models.Calls.ModelCaller.Root ? 1 : 0;
                AddCall(call.Key, root, call.Charged ?? default, new(Share(call.Model), at)
                {
                    Took = call.Took,
                    State = TracedCallState.Failed,
                    Reason = $"{call.Failure}: {call.Message}",
                    CostUsd = call.CostUsd ?? (call.Charged is null ? 0 : null),
                });
                break;
            case RefusedEntry { Call: var call }:
                AddCall(call.Key, root, call.Charged ?? default, new(Share(call.Model ?? ""), at)
                {
                    State = call.Charged is null ? TracedCallState.NotMade : TracedCallState.Stopped,
                    Reason = call.Limit,
                    CostUsd = call.CostUsd ?? (call.Charged is null ? 0 : null),
                });
                break;
            case UnusableEntry { Reply: var reply } when _callsByKey.TryGetValue(reply.Key, out int place):
                MarkUnusable(place, reply.Of == 1 ? reply.Reason : Invariant($"{reply.Items:N0} of {reply.Of:N0} items: {reply.Reason}"));
                break;
            case EndEntry end:
                _run.Result = end.Split(_rootCalls);
                break;
        }
    }

    /// <summary>The run as far as it came.</summary>
    public TracedRun Complete()
    {
        (_run.Steps, _run.Calls) = (_steps, _calls);
        _run.Stages = [.. _stages.Select(static stage => stage.Stage)];
        return _run;
    }

    private static TracedStepKind KindOf(TextEntry text) => text.Kind switch
    {
        TextEntry.Program => TracedStepKind.Program,
        TextEntry.Diagnostics => TracedStepKind.Diagnostics,
        _ => TracedStepKind.Note,
    };

    private void Keep(TracedStep step)
    {
        if (allowance.Fit(step) is { } kept)
            _steps.Add(kept);
        else
            _run.LeftOutSteps++;
    }

    private void BeginStage(StageEntry stage, TimeSpan at, string? root)
    {
        int place = _stages.Count;
        _stages.Add(new StageTally(new TracedStage(stage.Stage, at)
        {
            Root = root,
            Turn = _turns.GetValueOrDefault(root ?? ""),
            Parent = root is null ? null : FindStage(ParentOf(root)),
            PlannedCalls = stage.Calls,
            CostUsd = 0,
        }));
        if (!_open.TryGetValue(root ?? "", out var open))
            _open.Add(root ?? "", open = []);
        open.Add(place);
        Keep(new(TracedStepKind.Stage, at, stage.Stage) { Root = root, Number = place });
    }

    private void EndStage(StageEndEntry stage, TimeSpan at, string? root)
    {
        if (!_open.TryGetValue(root ?? "", out var open) || open.FindLastIndex(place => _stages[place].Stage.Stage == stage.Stage) is not (>= 0 and var last))
            return;

        var ended = _stages[open[last]];
        ended.Stage = ended.Stage with { EndedAt = at, CountedCalls = stage.Calls, FailedItems = stage.Failed };
        open.RemoveAt(last);
    }

    private void AddCall(string key, string? root, TokenCounts tokens, TracedCall call)
    {
        _retries.Remove(key, out int retries);
        call = call with
        {
            Root = root,
            Stage = FindStage(root),
            Turn = _turns.GetValueOrDefault(root ?? ""),
            Retries = retries,
            Reason = call.Reason is { } reason ? Share(reason.Length > MaxReasonChars ? $"{reason[..MaxReasonChars]}…" : reason) : null,
            InputTokens = tokens.Input,
            CachedInputTokens = tokens.CachedInput,
            OutputTokens = tokens.Output,
        };
        _callsByKey[key] = _calls.Count;
        _calls.Add(call);
        foreach (var stage in ListStages(call))
            stage.Add(call);
    }

    private void MarkUnusable(int place, string reason)
    {
        var call = _calls[place];
        if (call.State != TracedCallState.Replied)
            return;

        _calls[place] = call with { State = TracedCallState.Unusable, Reason = Share(reason.Length > MaxReasonChars ? $"{reason[..MaxReasonChars]}…" : reason) };
        foreach (var stage in ListStages(call))
            stage.Stage = stage.Stage with { UnusableReplies = stage.Stage.UnusableReplies + 1 };
    }

    /// <summary>The stage of a call and those around it.</summary>
    private IEnumerable<StageTally> ListStages(TracedCall call)
    {
        for (int? place = call.Stage; place is { } at; place = _stages[at].Stage.Parent)
            yield return _stages[at];
    }

    /// <summary>
    /// The stage that is open in a root or, for a root's own turns, in the one that asked it; null where nobody can tell which of several.
    /// </summary>
    private int? FindStage(string? root)
    {
        for (; ; root = ParentOf(root))
        {
            if (_open.TryGetValue(root ?? "", out var open) && open.Count > 0)
                return open.Count == 1 ? open[0] : null;
            if (root is null)
                return null;
        }
    }

    private static string? ParentOf(string root) => root.LastIndexOf('/') is >= 0 and var slash ? root[..slash] : null;

    /// <summary>One text for all that are equal: a million calls are of a few models and roots.</summary>
    private string Share(string text)
    {
        if (!_known.TryGetValue(text, out string? known))
            _known.Add(text, known = text);
        return known;
    }

    /// <summary>A stage while it is added up.</summary>
    private sealed class StageTally(TracedStage stage)
    {
        public TracedStage Stage { get; set; } = stage;

        public void Add(TracedCall call) => Stage = call.WasMade
            ? Stage with
            {
                Calls = Stage.Calls + 1,
                FailedCalls = Stage.FailedCalls + (call.State is TracedCallState.Failed or TracedCallState.Stopped ? 1 : 0),
                UnusableReplies = Stage.UnusableReplies + (call.State == TracedCallState.Unusable ? 1 : 0),
                Retries = Stage.Retries + call.Retries,
                InputTokens = Stage.InputTokens + call.InputTokens,
                OutputTokens = Stage.OutputTokens + call.OutputTokens,
                CostUsd = Stage.CostUsd + call.CostUsd,
            }
            : Stage with { CallsNotMade = Stage.CallsNotMade + 1 };
    }
}
