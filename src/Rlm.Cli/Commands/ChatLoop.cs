using Rlm.Cli.Output;
using Rlm.Cli.Repl;
using Rlm.Cli.Runs;

namespace Rlm.Cli.Commands;

/// <summary>Takes questions, and commands about them.</summary>
internal sealed class ChatLoop : InputLoop
{
    private const string Prompt = "ask> ";

    private readonly ChatQuestions _questions;

    public ChatLoop(ChatQuestions questions, CliHost host, StatusWriter status)
        : base(host, status, new PromptedInput(host, status, "questions"))
    {
        _questions = questions;
        Commands =
        [
            new(":help", "this", (_, _) => ShowCommandsAsync()),
            new(":budget", "calls, tokens and money: what is spent and left", (_, _) => ShowBudgetAsync()),
            new(":quit", "end, as Ctrl-D does", (_, _) => EndAsync()),
        ];
    }

    protected override IReadOnlyList<LoopCommand> Commands { get; }

    protected override string KeptWhenStopped => "what was answered before stays";

    protected override string? Read() => Input.Read(Prompt, (line, cursor) => CompleteCommand(line, cursor) is { } commands ? (0, commands) : (cursor, []));

    protected override bool IsEmpty(string text) => string.IsNullOrWhiteSpace(text);

    protected override Task<int> TakeAsync(string text, CancellationToken cancellationToken)
    {
        RefuseCommandWithoutColon(text);
        return _questions.AskAsync(text, cancellationToken);
    }

    /// <summary>Answers alone go to stdout.</summary>
    protected override void Show(string text) => Status.WriteBlock(text);

    protected override string DescribeBudget() => _questions.DescribeBudget();
}
