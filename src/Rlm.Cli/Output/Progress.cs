using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Output;

/// <summary>How far a run is: the status line of a terminal, or lines as stages begin and end.</summary>
internal sealed class Progress : IDisposable
{
    private readonly StatusWriter _status;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly ITimer? _ticks;
    private readonly Lock _lock = new();
    private string _turn = "", _stage = "thinking", _root = "";
    private int _done, _calls, _failed;
    private long _stageBegan;
    private RlmUsage? _usage;
    private bool _isOver;

    public Progress(StatusWriter status, TimeProvider time)
    {
        _status = status;
        _time = time;
        _began = time.GetTimestamp();
        if (status.HasStatusLine)
            _ticks = time.CreateTimer(_ => Show(), null, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200));
    }

    public void Report(RlmEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case RlmEvent { Root: not null }:
                    _root = TellRoot(happened) ?? _root;
                    break;
                case TurnStarted turn:
                    (_turn, _stage, _done, _calls, _failed) = ($"turn {turn.Number} of {turn.MaxSteps}", "thinking", 0, 0, 0);
                    break;
                case ProgramStarted:
                    _stage = "running";
                    break;
                case StageStarted stage:
                    (_stage, _done, _calls, _failed, _stageBegan) = (stage.Stage, 0, stage.Calls, 0, _time.GetTimestamp());
                    break;
                case CallFinished call:
                    (_done, _calls, _failed, _usage) = (call.Done, call.Calls, call.Failed, call.Usage ?? _usage);
                    break;
                case StageFinished:
                    (_stage, _done, _calls, _failed, _root) = ("running", 0, 0, 0, "");
                    break;
            }
        }

        if (!_status.HasStatusLine)
            Tell(happened);
        else if (happened is not CallFinished)
            Show();
    }

    public void Dispose()
    {
        lock (_lock)
            _isOver = true;
        _ticks?.Dispose();
        _status.ClearStatus();
    }

    private void Tell(RlmEvent happened)
    {
        string root = happened.Root is { } name ? $"{new string(' ', 2 * happened.Depth)}root {name}: " : "";
        if (happened is StageStarted started)
            _status.Tell($"{root}{started.Stage}: {Amount.Of(started.Calls, "call")}");
        else if (happened is StageFinished { Failed: 0 } finished)
            _status.Tell($"{root}{finished.Stage}: done, {Amount.Of(finished.Calls, "call")}");
        else if (happened is StageFinished failed)
            _status.Tell($"{root}{failed.Stage}: done, {Amount.Of(failed.Calls, "call")}, {Amount.Of(failed.Failed, "item")} failed");
        else if (happened is RootFinished over)
            _status.Tell($"{root}{(over.Answer is null ? "no answer" : "answered")}, {Amount.Of(over.Calls, "call")}");
    }

    /// <summary>What a root of a stage does; null for what is not worth a status.</summary>
    private static string? TellRoot(RlmEvent happened) => happened switch
    {
        TurnStarted turn => $"root {turn.Root}, turn {turn.Number}",
        StageStarted stage => $"root {stage.Root}: {stage.Stage}",
        RootFinished => "",
        _ => null,
    };

    private void Show()
    {
        lock (_lock)
        {
            // A last tick may come after the end.
            if (_isOver)
                return;

            string failed = _failed > 0 ? $", {_failed} failed" : "";
            string calls = _calls > 0 ? Invariant($"{_done:N0}/{_calls:N0} calls{failed}") : "";
            string elapsed = $"{(int)_time.GetElapsedTime(_began).TotalSeconds} s";
            if (_status.IsVerbose)
                _status.ShowStatus(Join(_turn, calls, Spent(), elapsed, Left()), Join(_stage, _root));
            else
                _status.ShowStatus(Join(_turn, calls, Spent(), elapsed, Left(), _stage, _root));
        }
    }

    private static string Join(params string[] parts) => string.Join(" · ", parts.Where(part => part.Length > 0));

    /// <summary>Tokens and money of the run so far.</summary>
    private string Spent() => _usage is null ? "" : Join(
        Invariant($"{_usage.InputTokens + _usage.OutputTokens:N0} tokens"), _usage.CostUsd is { } usd ? UsageText.Of(usd) : "");

    /// <summary>How long the stage takes still, if the rest goes as what is done.</summary>
    private string Left()
    {
        const int LeastCalls = 3;
        if (_done < LeastCalls || _done >= _calls)
            return "";

        var left = _time.GetElapsedTime(_stageBegan) * ((double)(_calls - _done) / _done);
        return left.TotalSeconds < 1 ? ""
            : $"about {(left.TotalMinutes < 1 ? $"{(int)Math.Ceiling(left.TotalSeconds)} s" : UsageText.Of(left))} left";
    }
}
