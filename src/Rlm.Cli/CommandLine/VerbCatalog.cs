using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.CommandLine;

/// <summary>Every verb, in the order of the help.</summary>
internal static class VerbCatalog
{
    private static readonly OptionSpec[] Calling = [MaxCalls, MaxTokens, MaxInputTokens, MaxOutputTokens, MaxCost, Price, Prices, OptionCatalog.Timeout, MaxMemory, OptionCatalog.Parallel, RequestsPerMinute, TokensPerMinute, Confirm, Yes, DryRun, JournalFile, Resume, Sync, Strict, Json, Quiet, Verbose, NoColor, ShortHelp, LongHelp];

    public static readonly VerbSpec Ask = new(
        "ask", "QUESTION [options]", "answer a question about the contexts; a model writes the programs",
        "The contexts stay outside the prompt, whatever their size. The model sees their outline and writes small programs that search, cut "
        + "and count, and send only the pieces that need reading to model calls, until it answers. The answer goes to stdout, all else to stderr.",
        [OptionCatalog.Context, ContextEncoding, Variable, Model, SubModel, BaseUrl, Instructions, MaxSteps, .. Calling],
        [
            ("rlm ask \"Which customers want their money back, and why?\" -c mails.txt", "a file"),
            ("journalctl -b | rlm ask \"What failed first?\"", "standard input"),
            ("rlm ask \"Which contracts can be ended early?\" -c contracts/ --max-calls 100", "a directory of documents"),
            ("rlm ask \"What changed?\" -c old=v1.txt -c new=v2.txt -m gpt-6-luna -v", "two contexts, every turn shown"),
            ("rlm ask \"How many are spam?\" -c messages.txt --journal run.jsonl", "add --resume to go on after a stop"),
        ]);

    public static readonly VerbSpec Run = new(
        "run", "FILE | -e DSL [options]", "run a program by hand",
        "The program is checked as a whole before it runs; one with errors costs nothing. Each pipeline that stands alone prints its value, "
        + "`answer` the answer. A model is chosen only for a program with paid stages (`llm`, `map llm`, …). FILE may be - for stdin.",
        [Expression, OptionCatalog.Context, ContextEncoding, Variable, Model, SubModel, BaseUrl, .. Calling],
        [
            ("rlm run -e 'grep /ERROR/ | count' -c server.log", "free: no model is asked"),
            ("rlm run errors.rlm -c logs=\"logs/*.log\"", "a file, over a list of documents"),
            ("rlm run -e 'lines | where it contains \"{who}\"' --var who=Fox < mails.txt", "a variable"),
            ("rlm run -e 'chunk 8k tokens | map llm \"List the decisions.\"' -c talk.txt --max-calls 40", "paid, and bounded"),
        ]);

    public static readonly VerbSpec Check = new(
        "check", "FILE | -e DSL [options]", "parse, bind and type-check a program without running it",
        "Diagnostics go to stderr, or with --json to stdout as an array. With contexts their names and fields are known, and so is more of what is wrong.",
        [Expression, OptionCatalog.Context, ContextEncoding, Variable, Json, .. Common],
        [
            ("rlm check errors.rlm", "against a `context` that is one text"),
            ("rlm check -e 'parse csv | sum amount' -c orders.csv", "the columns of the file are known"),
            ("rlm check errors.rlm --json", "for editors and scripts"),
        ]);

    public static readonly VerbSpec Replay = new(
        "replay", "FILE [options]", "run the last run of a journal again, without a model",
        "The program runs again and takes every reply from the journal: the output is the same, and nothing is spent. The contexts are read "
        + "again from where they were, and must not have changed; what came from stdin is given on stdin again.",
        [.. Common],
        [
            ("rlm replay run.jsonl", "what --journal run.jsonl wrote"),
            ("rlm replay run.jsonl < mails.txt", "a run that read stdin"),
        ]);

    public static readonly VerbSpec Journal = new(
        "journal", "FILE [options]", "tell what a journal holds: turns, programs, calls, tokens, retries",
        "An account of every run in the file. The file itself is JSON, one entry a line, described in docs/journal.md.",
        [Json, .. Common],
        [
            ("rlm journal run.jsonl", "to read"),
            ("rlm journal run.jsonl --json", "for scripts"),
        ]);

    public static readonly VerbSpec Models = new(
        "models", "[options]", "list what the endpoint offers, and whether it answers",
        "The endpoint is chosen as for `ask`. The model that would be used is marked with *.",
        [Model, BaseUrl, .. Common],
        [
            ("rlm models", "what the environment leads to"),
            ("rlm models --base-url http://127.0.0.1:11434/v1", "a server on this machine"),
        ]);

    public static readonly VerbSpec Help = new(
        "help", "[OPERATOR | FUNCTION | RLM2001 | COMMAND]", "the language, an operator, a diagnostic",
        "Without a topic, the whole language on one screen.",
        [ShortHelp, LongHelp],
        [
            ("rlm help", "the language"),
            ("rlm help grep", "an operator with examples"),
            ("rlm help RLM2001", "a diagnostic, with a program that has it"),
        ]);

    public static IReadOnlyList<VerbSpec> All { get; } = [Ask, Run, Check, Replay, Journal, Models, Help];

    public static VerbSpec? Find(string name) => All.FirstOrDefault(verb => verb.Name == name);
}
