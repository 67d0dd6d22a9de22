using Rlm.Cli.Output;

namespace Rlm.Cli.Repl;

/// <summary>Takes what is typed, one after another, until there is no more; a failure of one leaves the rest to come.</summary>
/// <param name="host">The process around it.</param>
/// <param name="status">Writes to stderr.</param>
/// <param name="input">Where it is typed.</param>
internal abstract class InputLoop(CliHost host, StatusWriter status, PromptedInput input)
{
    private static readonly string[] Leaving = ["quit", "exit", "bye", "q"];

    private CancellationTokenSource? _running;
    private bool _isOver;

    /// <summary>The commands, in the order of the help.</summary>
    protected abstract IReadOnlyList<LoopCommand> Commands { get; }

    protected CliHost Host => host;

    protected StatusWriter Status => status;

    protected PromptedInput Input => input;

    /// <summary>
    /// The code of the last entry that had one of its own; 0 for none, and on a terminal, where somebody saw what each came to.
    /// </summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int code = ExitCodes.Answered;
        if (input.IsEdited)
            status.Tell(":help lists the commands, Tab completes, Ctrl-D ends");
        host.CatchInterrupt(Stop);
        try
        {
            while (!_isOver && TryRead() is { } text)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IsEmpty(text))
                    continue;

                int one = await TryTakeAsync(text.Trim(), cancellationToken).ConfigureAwait(false);
                code = one == ExitCodes.Answered ? code : one;
            }
        }
        finally
        {
            host.CatchInterrupt(null);
        }

        return input.IsRedirected ? code : ExitCodes.Answered;
    }

    /// <summary>The next entry; null at the end.</summary>
    protected abstract string? Read();

    /// <summary>Whether an entry is nothing to take.</summary>
    protected abstract bool IsEmpty(string text);

    /// <summary>Takes an entry, commands apart, and gives an exit code.</summary>
    protected abstract Task<int> TakeAsync(string text, CancellationToken cancellationToken);

    /// <summary>What stopping leaves, behind `stopped; `.</summary>
    protected abstract string KeptWhenStopped { get; }

    protected static bool IsCommand(string text) => text.TrimStart().StartsWith(':');

    /// <summary>The names of the commands that may stand at a place of a line; null where it holds none.</summary>
    protected IReadOnlyList<string>? CompleteCommand(string line, int cursor) => line.StartsWith(':') && !line[..cursor].Contains(' ')
        ? [.. Commands.Select(command => command.Name).Where(name => name.StartsWith(line[..cursor], StringComparison.Ordinal) && name != line[..cursor])]
        : null;

    /// <summary>Shows what a command tells.</summary>
    protected virtual void Show(string text) => host.WriteText(text);

    /// <summary>Shows the commands.</summary>
    protected Task<int> ShowCommandsAsync()
    {
        Show(string.Join('\n', Commands.Select(static command => $"{command.Form,-20}{command.Meaning}")));
        return Task.FromResult(ExitCodes.Answered);
    }

    /// <summary>Shows what is spent and left.</summary>
    protected Task<int> ShowBudgetAsync()
    {
        Show(DescribeBudget());
        return Task.FromResult(ExitCodes.Answered);
    }

    /// <summary>What is spent and left, in one line.</summary>
    protected abstract string DescribeBudget();

    /// <summary>Tells who types a command without its colon how it is written.</summary>
    protected static void RefuseCommandWithoutColon(string text)
    {
        string word = text.ToLowerInvariant();
        if (Leaving.Contains(word))
            throw new MisuseException("write `:quit` to end, or press Ctrl-D");
        if (word == "help")
            throw new MisuseException("write `:help` for the commands");
    }

    /// <summary>Ends the session behind this entry.</summary>
    protected Task<int> EndAsync()
    {
        _isOver = true;
        return Task.FromResult(ExitCodes.Answered);
    }

    private string? TryRead()
    {
        try
        {
            string? text = Read();
            if (text is not null)
                input.Remember(text);
            return text;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C gives up what is typed.
            return "";
        }
    }

    private async Task<int> TryTakeAsync(string text, CancellationToken cancellationToken)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running = running;
        try
        {
            return IsCommand(text) ? await RunCommandAsync(text, running.Token).ConfigureAwait(false)
                : await TakeAsync(text, running.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            status.Warn($"stopped; {KeptWhenStopped}");
            return ExitCodes.Interrupted;
        }
        catch (Exception exception) when (exception is ModelException or MisuseException or TextException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            // The session goes on: the next entry may be another.
            status.Warn(exception.Message);
            return exception is MisuseException ? ExitCodes.WrongUsage : ExitCodes.Failed;
        }
        finally
        {
            _running = null;
            status.ClearStatus();
        }
    }

    private async Task<int> RunCommandAsync(string text, CancellationToken cancellationToken)
    {
        string[] parts = text.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string? argument = parts.ElementAtOrDefault(1);
        if (FindCommand(parts[0]) is not { } command)
            throw new MisuseException($"there is no command `{PlainText.Cut(parts[0], 40)}`; :help lists them");
        if (!command.Takes(argument))
            throw new MisuseException($"write `{command.Form}`");
        return await command.RunAsync(argument, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The command of that name, or of its first letter where that is `:h` or `:q`.</summary>
    private LoopCommand? FindCommand(string name) =>
        Commands.FirstOrDefault(command => command.Name == name || (name is ":h" or ":q" && command.Name.StartsWith(name, StringComparison.Ordinal)));

    private bool Stop()
    {
        _running?.Cancel();
        return true;
    }
}
