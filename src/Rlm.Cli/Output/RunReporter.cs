using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Output;

/// <summary>Tells a run's events as they come: shown values of a program run by hand on stdout, the rest on stderr.</summary>
/// <param name="host">Where to.</param>
/// <param name="status">Writes to stderr.</param>
/// <param name="isByHand">Whether somebody wrote the program, who wants its values and its diagnostics.</param>
/// <param name="output">How values are written; with JSON, stdout is kept for one object.</param>
/// <param name="isStrict">Whether values are printed at the end, and only if nothing was lost.</param>
internal sealed class RunReporter(CliHost host, StatusWriter status, bool isByHand, OutputArguments output, bool isStrict = false)
{
    private readonly List<ValueShown> _shown = [];
    private readonly ValueFormat _format = new(output, host, status);
    private readonly HashSet<string> _notes = [];

    public bool IsByHand { get; } = isByHand;

    /// <summary>The values that were shown, in order, and are not written yet.</summary>
    public IReadOnlyList<ValueShown> Shown => _shown;

    /// <summary>Writes the answer, if there is one.</summary>
    public void Answer(RlmResult result)
    {
        if (result.HasAnswer)
            _format.Write(result.WriteTo, "the answer");
    }

    /// <summary>Reads the events to the end; null where the last one is not a result.</summary>
    public async Task<RlmResult?> ReadAsync(IAsyncEnumerable<RlmEvent> events)
    {
        RlmResult? result = null;
        using var progress = new Progress(status, TimeProvider.System);
        await foreach (var happened in events.ConfigureAwait(false))
        {
            progress.Report(happened);
            Report(happened);
            if (happened is RunFinished finished)
                result = finished.Result;
        }

        if (isStrict && result is { IsPartial: true })
            _shown.Clear();
        else if (isStrict && !output.Json)
            _shown.ForEach(Write);
        return result;
    }

    /// <summary>Tells a note once, however often it comes.</summary>
    public void Note(string text)
    {
        if (_notes.Add(text))
            status.Tell($"note: {text}");
    }

    private void Report(RlmEvent happened)
    {
        if (happened.Root is not null)
        {
            if (status.IsVerbose && TextOf(happened) is { } text)
                status.WriteBlock(Indent(text, happened.Depth));
            return;
        }

        switch (happened)
        {
            case TurnStarted turn when status.IsVerbose:
                status.WriteBlock($"-- turn {turn.Number} of {turn.MaxSteps}");
                break;
            case ProgramStarted program when status.IsVerbose && !IsByHand:
                status.WriteBlock(Indent(program.Text));
                break;
            case DiagnosticsFound found when IsByHand ? Matters(found) : status.IsVerbose:
                status.WriteBlock(found.Rendered, isDiagnostics: true);
                break;
            case ValueShown value:
                Show(value);
                break;
            case NoteAdded note when IsByHand || status.IsVerbose:
                Note(note.Text);
                break;
            case TurnFinished { Step.IsAnswer: false } turn when status.IsVerbose:
                if (turn.Step.Words is { } words)
                    status.WriteBlock(Indent(words));
                status.Tell(UsageText.Of(turn.Step.Usage));
                break;
        }
    }

    private void Show(ValueShown value)
    {
        if (status.IsVerbose)
            status.WriteBlock(IsByHand ? $"-- {value.Schema}" : $"-- {value.Schema}\n{Indent(value.Preview)}");
        if (!IsByHand)
            return;

        if (output.Json || isStrict)
            _shown.Add(value);
        else
            Write(value);
    }

    private void Write(ValueShown value) => _format.Write(value.WriteTo, "the value");

    private bool Matters(DiagnosticsFound found) =>
        !output.Json && (!status.IsQuiet || found.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

    /// <summary>What somebody who wants to see everything is told of a root that a stage asks; null for nothing.</summary>
    private static string? TextOf(RlmEvent happened) => happened switch
    {
        RootStarted started => $"-- root {started.Root}: {started.Question}",
        TurnStarted turn => $"-- root {turn.Root}, turn {turn.Number} of {turn.MaxSteps}",
        ProgramStarted program => Indent(program.Text),
        DiagnosticsFound found => found.Rendered,
        ValueShown value => $"-- {value.Schema}\n{Indent(value.Preview)}",
        NoteAdded note => $"note: {note.Text}",
        TurnFinished { Step.Words: { } words } => Indent(words),
        RootFinished { Answer: { } answer } over => $"-- root {over.Root} answers: {answer}",
        RootFinished over => $"-- root {over.Root} gives no answer: {over.Reason}",
        _ => null,
    };

    private static string Indent(string text, int levels = 1)
    {
        string blanks = new(' ', 2 * levels);
        return blanks + text.TrimEnd('\n').Replace("\n", $"\n{blanks}", StringComparison.Ordinal);
    }
}
