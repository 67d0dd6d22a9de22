using System.Text;
using Rlm.Cli.Mcp.Sessions;

namespace Rlm.Cli.Mcp.Tools;

/// <summary>Writes what came of a program for the host's model: what it showed, its answer, and what is worth knowing of them.</summary>
/// <param name="session">The session that it ran in.</param>
/// <param name="results">Keeps what is too long to be shown whole.</param>
internal sealed class RunText(KeptSession session, KeptResults results)
{
    /// <summary>What messages call the list of operators.</summary>
    public const string OperatorsPage = "the tool `help`";

    private const int MaxShownChars = 12_000, MaxAnswerChars = 10_000, MaxNotes = 20, MaxVariables = 40;

    private readonly StringBuilder _text = new();
    private readonly List<string> _diagnostics = [];
    private readonly List<string> _notes = [];
    private int _shown, _leftOut;

    /// <summary>The resources that are linked to.</summary>
    public List<McpResource> Links { get; } = [];

    /// <summary>What a session is called by, and what its programs may use.</summary>
    public static string TellSession(KeptSession session)
    {
        var kept = session.Programs.Kept;
        string variables = kept.Count == 0 ? "" : $"; it keeps {string.Join(", ", kept.TakeLast(MaxVariables))}";
        return $"session: {session.Id}{variables}";
    }

    public void Report(RlmEvent happened)
    {
        if (happened.Root is not null)
            return;

        switch (happened)
        {
            case ValueShown value:
                Show(value);
                break;
            case DiagnosticsFound found:
                _diagnostics.Add(found.Rendered.TrimEnd());
                break;
            case NoteAdded note when !_notes.Contains(note.Text):
                _notes.Add(note.Text);
                break;
        }
    }

    /// <summary>The whole text.</summary>
    public string Write(RlmResult result)
    {
        if (_leftOut > 0)
            Add($"… {_leftOut} more values are left out: show fewer in one program");
        if (result.Answer is { } answer)
            AddAnswer(answer);
        else if (_shown == 0 && result.Outcome == RlmOutcome.Completed)
            Add("nothing was shown: end the program with a pipeline, or with `answer`");

        foreach (string found in _diagnostics)
            Add(found);
        AddReasons(result);
        if (session.Contexts.Count == 0 && result.Outcome == RlmOutcome.ProgramErrors)
            Add($"no file is open here: name one, as in {{\"{KeptSessions.ContextsArgument}\": [\"server.log\"]}}, or pass the `{KeptSessions.SessionArgument}` of an earlier call");
        // What is partial stands above with what to do.
        List<string> notes = [.. _notes.Union(result.Notes).Where(note => !result.Reasons.Any(reason => note.StartsWith(reason, StringComparison.Ordinal)))];
        if (notes.Count > 0)
            Add($"notes:\n{string.Join('\n', notes.Take(MaxNotes).Select(static note => $"- {note}"))}{(notes.Count > MaxNotes ? $"\n… {notes.Count - MaxNotes} more are left out" : "")}");
        if (result.Usage.Readings.Count > 0)
            Add(Output.UsageText.Of(result.Usage.Readings));
        if (result.Usage.Calls > 0)
            Add($"spent: {Output.UsageText.Of(result.Usage)}");
        Add(TellSession(session));
        return _text.ToString();
    }

    private void Show(ValueShown value)
    {
        _shown++;
        if (_text.Length > MaxShownChars)
        {
            _leftOut++;
            return;
        }

        Add(value.Preview);
        // What is shown whole stands below its type and size.
        if (value.IsCut)
            Add("The whole of it is too long to be kept: narrow it down, or look at parts with `first`, `skip` and `peek`.");
        else if (value.Text.Length > value.Preview.Length)
            Link("the whole value", value.Text);
    }

    private void AddAnswer(string answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            Add("answer: empty, nothing matched");
            return;
        }

        if (answer.Length <= MaxAnswerChars)
        {
            Add(_shown == 0 ? answer : $"answer:\n{answer}");
            return;
        }

        int end = char.IsHighSurrogate(answer[MaxAnswerChars - 1]) ? MaxAnswerChars - 1 : MaxAnswerChars;
        Add(Invariant($"answer, its first {end:N0} of {answer.Length:N0} characters:\n{answer[..end]}…"));
        Link("the whole answer", answer);
    }

    private void Link(string what, string text)
    {
        var resource = results.Keep(session.Id, what, text);
        Links.Add(resource);
        Add(Invariant($"The whole of it, {text.Length:N0} characters, is the resource {resource.Uri}; or look at parts with `first`, `skip` and `peek`."));
    }

    private void AddReasons(RlmResult result)
    {
        bool isDone = result.Outcome is RlmOutcome.Answered or RlmOutcome.Completed;
        // Errors are told already, and say what the reasons say.
        if ((isDone && !result.IsPartial) || result.Diagnostics.Any(static found => found.Severity == DiagnosticSeverity.Error))
            return;

        string what = isDone ? "partial" : result.Outcome == RlmOutcome.LimitReached ? "stopped at a limit" : "failed";
        Add(result.Reasons.Count == 0 ? what : string.Join('\n', result.Reasons.Select(reason =>
            $"{what}: {reason}{(result.Losses.FirstOrDefault(loss => loss.Text == reason)?.Remedy is { } remedy ? $"; {remedy}" : "")}")));
    }

    private void Add(string text) => _text.Append(_text.Length == 0 ? "" : "\n\n").Append(text.TrimEnd('\n'));
}
