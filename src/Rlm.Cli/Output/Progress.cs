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
    private string _turn = "", _stage = "thinking";
    private int _done, _calls, _failed;
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
                case TurnStarted turn:
                    (_turn, _stage, _done, _calls, _failed) = ($"turn {turn.Number} of {turn.MaxSteps}", "thinking", 0, 0, 0);
                    break;
                case ProgramStarted:
                    _stage = "running";
                    break;
                case StageStarted stage:
                    (_stage, _done, _calls, _failed) = (stage.Stage, 0, stage.Calls, 0);
                    break;
                case CallFinished call:
                    (_done, _calls, _failed) = (call.Done, call.Calls, call.Failed);
                    break;
                case StageFinished:
                    (_stage, _done, _calls, _failed) = ("running", 0, 0, 0);
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
        if (happened is StageStarted started)
            _status.Tell($"{started.Stage}: {Amount.Of(started.Calls, "call")}");
        else if (happened is StageFinished { Failed: 0 } finished)
            _status.Tell($"{finished.Stage}: done, {Amount.Of(finished.Calls, "call")}");
        else if (happened is StageFinished failed)
            _status.Tell($"{failed.Stage}: done, {Amount.Of(failed.Calls, "call")}, {Amount.Of(failed.Failed, "item")} failed");
    }

    private void Show()
    {
        lock (_lock)
        {
            // A last tick may come after the end.
            if (_isOver)
                return;

            string failed = _failed > 0 ? $", {_failed} failed" : "";
            string[] parts = [_turn, _stage, _calls > 0 ? $"{_done}/{_calls} calls{failed}" : "",
                $"{(int)_time.GetElapsedTime(_began).TotalSeconds} s"];
            _status.ShowStatus(string.Join(" · ", parts.Where(part => part.Length > 0)));
        }
    }
}
