using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Cli.Repl;
using Rlm.Cli.Runs;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Commands;

/// <summary>Takes programs, and commands about them.</summary>
internal sealed class ReplLoop : InputLoop
{
    private const string Prompt = "rlm> ", MorePrompt = "...> ";

    private readonly ReplPrograms _programs;

    public ReplLoop(ReplPrograms programs, CliHost host, StatusWriter status)
        : base(host, status, new PromptedInput(host, status, "history"))
    {
        _programs = programs;
        Commands =
        [
            new(":help [WORD]", "this, or an operator, a function, a word, a diagnostic", ShowHelpAsync),
            new(":explain PROGRAM", "how it would run, and what it would spend", (program, token) => programs.ExplainAsync(program!, token)),
            new(":load FILE", "run a program from a file", LoadAsync),
            new(":save FILE", "write the programs that ran without an error to a new file", (path, _) => Task.FromResult(Save(path!))),
            new(":budget", "calls, tokens and money: what is spent and left", (_, _) => ShowBudgetAsync()),
            new(":quit", "end, as Ctrl-D does", (_, _) => EndAsync()),
        ];
    }

    protected override IReadOnlyList<LoopCommand> Commands { get; }

    protected override string KeptWhenStopped => "what was computed before stays";

    /// <summary>The next program or command, with the lines that it goes on in; null at the end.</summary>
    protected override string? Read()
    {
        string? text = Input.Read(Prompt, (line, cursor) => Complete("", line, cursor));
        while (text is not null && !IsCommand(text) && GoesOn(text) && Input.Read(MorePrompt, (line, cursor) => Complete(text, line, cursor)) is { } more)
            text += $"\n{more}";
        return text;
    }

    protected override string DescribeBudget() => _programs.DescribeBudget();

    protected override bool IsEmpty(string text) => !text.Split('\n').Any(PromptedInput.HasContent);

    protected override Task<int> TakeAsync(string text, CancellationToken cancellationToken)
    {
        if (!_programs.Compiles(text))
            RefuseCommandWithoutColon(text);
        return _programs.RunAsync(text.StartsWith('|') ? GoOn(text) : text, "repl", cancellationToken);
    }

    /// <summary>Whether a program goes on in the next line, which on a terminal nobody has typed yet.</summary>
    private bool GoesOn(string text) => RlmLanguage.GoesOn(text) || (HasContent(text) && Input.FindNext() is { } next && !IsCommand(next) && RlmLanguage.GoesOn(text, next));

    private bool HasContent(string text) => Input.IsRedirected && !IsEmpty(text);

    /// <summary>The last program with further stages.</summary>
    private string GoOn(string text)
    {
        if (_programs.Last is not { } last)
            throw new MisuseException("a line that begins with `|` goes on with the value that was shown last, and there is none: write a whole program, such as `lines | count`");
        Status.Tell($"goes on with {PlainText.Cut(PlainText.OneLine(last), 60)}");
        return $"{last.TrimEnd().TrimEnd(';')}\n{text}";
    }

    private (int Start, IReadOnlyList<string> Words) Complete(string before, string line, int cursor)
    {
        if (before.Length == 0 && CompleteCommand(line, cursor) is { } commands)
            return (0, commands);

        const string explain = ":explain ";
        int skipped = before.Length == 0 && line.StartsWith(explain, StringComparison.Ordinal) && cursor >= explain.Length ? explain.Length : 0;
        string head = before.Length == 0 ? "" : $"{before}\n";
        var words = _programs.Complete(head + line[skipped..], head.Length + cursor - skipped);
        return words.Count == 0 ? (cursor, []) : (words[0].Span.Start - head.Length + skipped, [.. words.Select(word => word.Text).Distinct()]);
    }

    private async Task<int> ShowHelpAsync(string? topic, CancellationToken cancellationToken)
    {
        if (topic is null)
            return await ShowCommandsAsync().ConfigureAwait(false);
        int shown = await new HelpInvocation(topic).RunAsync(Host, cancellationToken).ConfigureAwait(false);
        await Host.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return shown;
    }

    private async Task<int> LoadAsync(string? path, CancellationToken cancellationToken)
    {
        if (path == "-")
            throw new MisuseException("write `:load FILE`");
        var (loaded, name) = await ProgramFile.ReadAsync(new(null, path), Host, cancellationToken).ConfigureAwait(false);
        return await _programs.RunAsync(loaded, name, cancellationToken).ConfigureAwait(false);
    }

    private int Save(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        using var writer = new StreamWriter(file) { NewLine = "\n" };
        writer.Write(RlmLanguage.Join(_programs.Done));
        Status.Tell($"{path} has {Amount.Of(_programs.Done.Count, "program")}");
        return ExitCodes.Answered;
    }
}
