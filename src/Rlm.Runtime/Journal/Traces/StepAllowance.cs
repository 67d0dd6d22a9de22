namespace Rlm.Runtime.Journal.Traces;

/// <summary>Bounds the steps that are kept of a journal, so that one with a million of them takes little memory.</summary>
internal sealed class StepAllowance
{
    private const int MaxChars = 20_000;

    private int _steps = 20_000;
    private long _chars = 32_000_000;

    /// <summary>The step as it is kept; null for one more than there may be.</summary>
    public TracedStep? Fit(TracedStep step)
    {
        if (_steps == 0 || _chars < 0)
            return null;

        _steps--;
        if (step.Text.Length > MaxChars)
        {
            int kept = char.IsHighSurrogate(step.Text[MaxChars - 1]) ? MaxChars - 1 : MaxChars;
            step = step with { Text = step.Text[..kept], LeftOutChars = step.Text.Length - kept };
        }

        if (step.Detail is { Length: > MaxChars } detail)
            step = step with { Detail = $"{detail[..MaxChars]}…" };
        _chars -= step.Text.Length + (step.Detail?.Length ?? 0);
        return step;
    }
}
