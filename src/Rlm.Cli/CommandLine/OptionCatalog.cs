using static Rlm.Cli.CommandLine.OptionCategory;

namespace Rlm.Cli.CommandLine;

/// <summary>Every option, once.</summary>
internal static class OptionCatalog
{
    public static readonly OptionSpec Expression = new("--expression", "-e", "DSL", Input, "the program itself; several are its lines") { IsRepeatable = true };

    public static readonly OptionSpec Context = new(
        "--context", "-c", "[NAME=]PATH", Input, "a file, directory, glob, address, or - for stdin; repeatable",
        "NAME is what programs call it, `context` by default. A directory or glob, or several contexts of one name, is a list of documents "
        + "{name, text, size}; hidden and binary files are left out. A PDF, Word, Excel, PowerPoint or EPUB file is its text, and pages, rows, slides and chapters are cited. An SQLite file is its tables, as a workbook is its sheets. A mail, a mailbox (.eml, .mbox) or a Maildir is a list of {name, from, to, date, subject, text, size}. An image or the like is refused with the way to read it. A gzip, zstd or .br file is its text. An http or https address is read as a whole when the run begins. s3://BUCKET/KEY is an object, read where it is used, or what begins so, as a directory; keys and region are those of AWS's variables and files. worker:NAME is what workers serve under that name, all of them together, and worker:NAME:3 what three do. Write ./a=b.txt for a path that holds `=`. Without any context, stdin is read "
        + "when it is redirected.")
    { IsRepeatable = true };

    public static readonly OptionSpec ContextEncoding = new(
        "--encoding", null, "NAME", Input, "what the contexts are in, such as cp1252 [utf-8]",
        "CONTEXT=NAME says it of one context; repeatable. Names are latin1, cp1252, shift_jis, euc-jp, gb18030, big5, koi8-r, utf-16le and the like. A byte order mark goes before it. "
        + "A text that is not UTF-8 is noted, with what it looks like.")
    { IsRepeatable = true, IsRare = true };

    public static readonly OptionSpec Loader = new(
        "--loader", null, "EXT=COMMAND", Input, "a program that reads files of that extension, such as 'heic=ocr {}'; repeatable",
        "It is run without a shell; {} stands for the file's path, and without it the file is its stdin. What it prints in UTF-8 is the text; the JSON lines of `rlm-docs --records` have places, too. "
        + "Another code than 0 refuses the file. It goes before what rlm reads itself, and sees no variable whose name speaks of a key, a token or a password. A table [loaders] of the configuration has `EXT = \"COMMAND\"`.")
    { IsRepeatable = true, IsRare = true };

    public static readonly OptionSpec NoCache = new(
        "--no-cache", null, null, Input, "read documents such as PDF anew, and keep nothing of them",
        "What rlm-docs makes of a file is kept in `documents` of the state folder, up to 1 GiB, and is read from there while the file's content is the same. Only you may read it; delete the folder to forget it.")
    { IsRare = true };

    public static readonly OptionSpec Allow = new(
        "--allow", null, "DIR", Input, "a folder whose files may be named; repeatable [the working folder]",
        "Nothing outside of these is read, wherever links lead. A relative path is in the first one.")
    { IsRepeatable = true };

    public static readonly OptionSpec MaxDownload = new(
        "--max-download", null, "SIZE", Input, "the most that a context at an http address may have, such as 4g [1g]")
    { IsRare = true };

    public static readonly OptionSpec Oolong = new(
        "--oolong", null, "FILE", Input, "a prompt of the OOLONG benchmark: its question about its data",
        "In place of QUESTION and contexts. The data becomes the context; what stands before it is told with the question. Chats are read too: JSON messages, and the role markers of common models.")
    { IsRare = true };

    public static readonly OptionSpec Variable = new(
        "--var", null, "NAME=VALUE", Input, "a variable that is a text; repeatable",
        "Programs find the text by its name: `context | grep \"{customer}\"` with --var customer=Fox.")
    { IsRepeatable = true };

    public static readonly OptionSpec Shard = new("--shard", null, "I/N", Input, "which of how many stretches of the texts, such as 3/64");

    public static readonly OptionSpec Divide = new(
        "--divide", null, null, Limits, "this shard's part of --max-calls and of the other limits",
        "The parts of all shards add up to each limit, so that they never pass it together. Without it the limits are the shard's own.");

    public static readonly OptionSpec Shards = new("--shards", null, null, OptionCategory.Output, "tell, too, which stages `rlm map` runs on the shards");

    public static readonly OptionSpec AllowMissing = new(
        "--allow-missing", null, null, Input, "answer without the shards that have no part; the answer is partial");

    public static readonly OptionSpec Model = new(
        "--model", "-m", "NAME", OptionCategory.Model, "the model; `offline` for the built-in one",
        "By default RLM_MODEL, else what the environment offers: an endpoint, a key, a server on this machine, else the offline model.")
    { Variable = "RLM_MODEL" };

    public static readonly OptionSpec SubModel = new("--sub-model", null, "NAME", OptionCategory.Model, "the model of paid stages [--model]");

    public static readonly OptionSpec BaseUrl = new(
        "--base-url", null, "URL", OptionCategory.Model, "the endpoint, such as http://127.0.0.1:8000/v1",
        "Any server that speaks OpenAI's chat completions, or Anthropic's address. The key is that of --key, else it comes from the environment or from `rlm keys`.");

    public static readonly OptionSpec Key = new(
        "--key", null, "NAME", OptionCategory.Model, "the name of the key of --base-url, never the key itself",
        "As `rlm keys set NAME` keeps it, or a variable of the environment. Without it the key is that of the endpoint's maker in the environment.")
    { IsRare = true };

    public static readonly OptionSpec SubBaseUrl = new(
        "--sub-base-url", null, "URL", OptionCategory.Model, "the endpoint of --sub-model, if another [--base-url]",
        "Such as a server on this machine for the many calls of paid stages, while a large model elsewhere writes the programs.")
    { IsRare = true };

    public static readonly OptionSpec SubKey = new("--sub-key", null, "NAME", OptionCategory.Model, "the name of the key of --sub-base-url") { IsRare = true };

    public static readonly OptionSpec Window = new(
        "--window", null, "N", OptionCategory.Model, "tokens of the model's window, prompt and reply [what its server says]",
        "Ollama, LM Studio, llama.cpp and vLLM say how much a prompt may have; Ollama gets this number with each call. Of other endpoints it is 128000, at Anthropic 200000.")
    { IsRare = true };

    public static readonly OptionSpec SubWindow = new(
        "--sub-window", null, "N", OptionCategory.Model, "the same of --sub-model [--window]")
    { IsRare = true };

    public static readonly OptionSpec ReplySchema = new(
        "--reply-schema", null, "WHEN", OptionCategory.Model, "hold replies to JSON schemas: auto, on or off [auto]",
        "`on` is for servers that keep to one, such as llama.cpp, vLLM, Ollama and LM Studio; `auto` is on at OpenAI's and Anthropic's own addresses. "
        + "Labels, numbers, dates, lists and records are asked for so. Replies are checked either way.")
    { IsRare = true, Choices = ["auto", "on", "off"] };

    public static readonly OptionSpec Grammar = new(
        "--grammar", null, "WHEN", OptionCategory.Model, "hold programs to a grammar: auto, off, llama.cpp, vllm, custom-tool [auto]",
        "The model that writes programs can write none that do not parse; what it says before them is free. `auto` is for a server on this machine or in its network that calls "
        + "itself llama.cpp or vLLM in its list of models. A grammar that is refused is not sent again.")
    { IsRare = true, Choices = ["auto", "off", "llama.cpp", "vllm", "custom-tool"] };

    public static readonly OptionSpec Workers = new(
        "--workers", null, "URL", OptionCategory.Model, "a queue whose workers make the calls: postgres://USER@HOST/DATABASE",
        "`rlm workers init` makes it, `rlm worker` takes calls of it. The limits stay with the run; addresses and keys are the workers' own. A password is better in PGPASSWORD or ~/.pgpass than here. "
        + "Another host than this machine is asked for a certificate of its name: ?sslrootcert=FILE names who signs it, ?sslmode=disable goes without.")
    { IsRare = true, Variable = "RLM_WORKERS" };

    public static readonly OptionSpec Serve = new(
        "--serve", null, "NAME=PATH", Input, "texts of this machine that `-c worker:NAME` reads; repeatable",
        "PATH is what --context takes. Programs of runs are checked here, and only the lines that they ask for leave the machine, 64 MiB at most. Whoever may post calls may read all of it.")
    { IsRepeatable = true };

    public static readonly OptionSpec Slots = new("--slots", null, "N", Limits, "how many calls it makes at a time [32]");

    public static readonly OptionSpec WorkerName = new(
        "--name", null, "NAME", OptionCategory.Model, "what the queue calls it, as no other worker [the machine's name, with some letters]")
    { IsRare = true };

    public static readonly OptionSpec Lease = new(
        "--lease", null, "TIME", Limits, "how long a worker may be silent, for init [60s]", "Its calls then go to others, once their run has reserved one more call for each.")
    { IsRare = true };

    public static readonly OptionSpec Instructions = new(
        "--instructions", null, "TEXT", OptionCategory.Model, "instructions to add to the model's own", "What the texts are, or how the answer should look.");

    public static readonly OptionSpec MaxCalls = new(
        "--max-calls", null, "N", Limits, "most calls of paid stages; turns are not counted [400]", "A stage that would need more is refused before it begins.");

    public static readonly OptionSpec MaxSteps = new("--max-steps", null, "N", Limits, "most turns of the model that writes the programs [20]");

    public static readonly OptionSpec MaxDepth = new(
        "--max-depth", null, "N", Limits, "how deep `rlm` may run roots of their own; 0 for not at all [1]",
        "Each has --max-steps turns, which are calls of its stage. All roots of a stage share half of the calls that are left.")
    { IsRare = true };

    public static readonly OptionSpec MaxTokens = new(
        "--max-tokens", null, "N", Limits, "most tokens, in and out together [no limit]",
        "A call reserves its prompt, whose tokens are estimated, and its longest reply; the last one gets a shorter reply.");

    public static readonly OptionSpec MaxInputTokens = new("--max-input-tokens", null, "N", Limits, "most tokens of prompts [no limit]") { IsRare = true };

    public static readonly OptionSpec MaxOutputTokens = new("--max-output-tokens", null, "N", Limits, "most tokens of replies [no limit]") { IsRare = true };

    public static readonly OptionSpec MaxCost = new("--max-cost", null, "USD", Limits, "most US dollars; needs known prices [no limit]");

    public static readonly OptionSpec Price = new(
        "--price", null, "IN/OUT", Limits, "US dollars for a million tokens, such as 0.25/2", "The cost of a run is told when it is over.")
    { IsRare = true };

    public static readonly OptionSpec Prices = new(
        "--prices", null, "FILE", Limits, "prices by model, lines MODEL IN/OUT [RLM_PRICES]",
        "US dollars for a million tokens; `cached 0.03` behind it is for prompt tokens that the provider had in its cache, `written 0.4` for those that it put there, `over 200000 IN/OUT` for calls with a longer prompt. A price holds for the snapshots of its model (-2025-08-07), too. They go before the built-in list prices of November 2026; # opens a comment.")
    { IsRare = true, Variable = "RLM_PRICES" };

    public static readonly OptionSpec Timeout = new(
        "--timeout", null, "TIME", Limits, "most time: 90, 30s, 5m or 1h [no limit]", "Calls in flight are cancelled then. What a stage has of its replies becomes a partial answer, else the run ends with code 4. A root is told to answer after four fifths of it.");

    public static readonly OptionSpec MaxMemory = new(
        "--max-memory", null, "SIZE", Limits, "most memory for values, such as 4g [a quarter of all]", "At least 64m; the default is at least 1g. Texts that are read from files do not count. A program whose lists and texts come to more ends with code 4.")
    { IsRare = true };


    public static readonly OptionSpec Parallel = new(
        "--parallel", null, "N", Limits, "most model calls at a time, or auto [8]", "auto makes more while replies come as fast as before, fewer when they are refused.");

    public static readonly OptionSpec RequestsPerMinute = new("--rpm", null, "N", Limits, "most requests in any minute, retries included [no limit]") { IsRare = true };

    public static readonly OptionSpec TokensPerMinute = new("--tpm", null, "N", Limits, "most tokens in a minute, in and out together [no limit]") { IsRare = true };

    public static readonly OptionSpec Confirm = new(
        "--confirm", null, null, Limits, "show calls, tokens and cost of a program and ask first",
        "Asked once for each program; a stage whose numbers nobody knew before it asks when it is reached. Needs a terminal on stdin, or --yes. A no ends the run with code 4.");

    public static readonly OptionSpec Yes = new("--yes", "-y", null, Limits, "answer every --confirm with yes") { IsRare = true };

    public static readonly OptionSpec DryRun = new(
        "--dry-run", null, null, Limits, "tell what would be spent, and spend nothing", "The plan of a whole program: what is exact, what is a bound, and what depends on replies. For `ask`, the first turn: its programs are not written yet.");

    public static readonly OptionSpec Profile = new(
        "--profile", null, "NAME", Input, "the profile of the configuration [RLM_PROFILE]", "`rlm config show` tells what is set, and where.")
    { IsRare = true };

    public static readonly OptionSpec KeyCommand = new("--command", null, "COMMAND", Input, "what prints the key when it is needed", "It is run by the shell. Its first line is the key.");

    public static readonly OptionSpec Listen = new(
        "--listen", null, "ADDRESS:PORT", Input, "where requests come from [127.0.0.1:8642]",
        "Port 0 takes a free one, which is told on stdout. Any other address than this machine's own needs a token; TLS is for a proxy before it.");

    public static readonly OptionSpec TokenKey = new(
        "--token-key", null, "NAME", Input, "the name of the key that clients must send, never the key itself",
        "As `rlm keys set NAME` keeps it, or a variable of the environment. Several tokens with limits of their own stand in the configuration, as [server.tokens.NAME].");

    public static readonly OptionSpec NoConfiguration = new("--no-config", null, null, Input, "read no configuration") { IsRare = true };

    public static readonly OptionSpec MinTokens = new(
        "--min-tokens", null, "N", Limits, "from so many tokens on texts stay outside the prompt [what fits]",
        "A conversation goes to the model as it is where its long parts have fewer tokens together. By default that is what the model's window takes, a reply left out.");

    public static readonly OptionSpec ParallelRuns = new("--parallel-runs", null, "N", Limits, "most runs at a time; others wait [4]");

    public static readonly OptionSpec MaxQueue = new(
        "--max-queue", null, "N", Limits, "most runs that wait; others are refused with status 429 [100]", "Tokens take turns, whoever asked more.");

    public static readonly OptionSpec MaxBody = new("--max-body", null, "SIZE", Limits, "the largest request, such as 64m [256m]") { IsRare = true };

    public static readonly OptionSpec StopTime = new(
        "--stop-time", null, "TIME", Limits, "how long runs may go on once the server is told to stop [30s]")
    { IsRare = true };

    public static readonly OptionSpec LogFormat = new("--log-format", null, "FORM", OptionCategory.Output, "what stderr is: text, or json, an object a line [text]",
        "In json each request is a line, in text with --verbose alone.")
    { Choices = ["text", "json"], IsRare = true };

    public static readonly OptionSpec Sample = new(
        "--sample", null, "N", Limits, "ask about N items of each paid stage, and tell what all would take",
        "One item of each of N equal stretches of the list, always the same; rows that are packed are taken by whole packs. The answer is partial. With --journal the full run takes the replies.");

    public static readonly OptionSpec JournalFile = new(
        "--journal", null, "FILE", Journal, "write everything that happens to FILE, as it happens", "It is the trace of the run, and what --resume goes on from.");

    public static readonly OptionSpec JournalFolder = new(
        "--journal-folder", null, "DIR", Journal, "where journals of paid runs are kept without --journal [the state folder]", "`rlm runs` lists them.")
    { IsRare = true };

    public static readonly OptionSpec NoJournal = new("--no-journal", null, null, Journal, "keep none of this run") { IsRare = true };

    public static readonly OptionSpec Max = new("--max", null, "N", OptionCategory.Output, "most runs that are listed [20]");

    public static readonly OptionSpec Resume = new(
        "--resume", null, null, Journal, "take the replies that the journal holds, pay for the rest", "Needs --journal. Run the same command again with it.");

    public static readonly OptionSpec Sync = new(
        "--journal-sync", null, "WHEN", Journal, "force the journal to the disk: each, end or off [end]",
        "A killed process loses nothing in any case: this is about power that fails. `each` waits for the disk after every entry.")
    { IsRare = true, Choices = ["each", "end", "off"] };

    public static readonly OptionSpec Prompts = new(
        "--journal-prompts", null, null, Journal, "keep the prompts in the journal, too, for `rlm report`", "They quote the contexts, of which a journal has no more than a hash otherwise.")
    { IsRare = true };

    public static readonly OptionSpec Strict = new(
        "--strict", null, null, OptionCategory.Output, "no partial answers: code 5 instead", "Nothing is printed then but the reasons: failed items, rows left out, values that could not be read, or a limit that ran out.")
    { IsRare = true };

    public static readonly OptionSpec Json = new(
        "--json", null, null, OptionCategory.Output, "one JSON object on stdout, whatever happens", "It has the answer, typed values, losses, notes, diagnostics and usage, and of a run that failed the reasons.");

    public static readonly OptionSpec Check = new("--check", null, null, OptionCategory.Output, "write nothing; list the programs that would change, with code 1");

    public static readonly OptionSpec OutputFile = new("--output", "-o", "FILE", OptionCategory.Output, "where it goes; what is there is written anew");

    public static readonly OptionSpec Html = new("--html", null, "FILE", OptionCategory.Output, "draw the plan as a page for a browser, in place of the text");

    public static readonly OptionSpec Stdio = new("--stdio", null, null, OptionCategory.Output, "speak over stdin and stdout, as it does anyway") { IsRare = true };

    public static readonly OptionSpec Format = new(
        "--format", null, "NAME", OptionCategory.Output, "table, markdown, csv, json, jsonl or text",
        "What a program shows or answers with, in that form; a table on a terminal and Markdown elsewhere where nothing is said. `table` is aligned for reading, and cut to the width of a terminal; `text` has an item a line, with tabs between fields.")
    { Choices = ["table", "markdown", "csv", "json", "jsonl", "text"] };

    public static readonly OptionSpec GrammarFormat = new("--format", null, "NOTATION", OptionCategory.Output, "the notation: gbnf, lark or ebnf [gbnf]") { Choices = ["gbnf", "lark", "ebnf"] };

    public static readonly OptionSpec OfReply = new("--reply", null, null, OptionCategory.Output, "of a model's reply, with programs in fences");

    public static readonly OptionSpec Quiet = new("--quiet", "-q", null, OptionCategory.Output, "only the answer, and what went wrong");

    public static readonly OptionSpec Verbose = new("--verbose", "-v", null, OptionCategory.Output, "every program, what it showed, and what is left");

    public static readonly OptionSpec NoColor = new("--no-color", null, null, OptionCategory.Output, "no colour, as with NO_COLOR in the environment") { IsRare = true };

    public static readonly OptionSpec Manual = new("--man", null, null, OptionCategory.Output, "the manual page, for `man -l -`");

    public static readonly OptionSpec Llms = new("--llms", null, null, OptionCategory.Output, "llms.txt: the commands and pages, for a model") { IsRare = true };

    public static readonly OptionSpec Force = new("--force", null, null, OptionCategory.Output, "write over a file that was changed");

    public static readonly OptionSpec ShortHelp = new("-h", null, null, OptionCategory.Output, "this page");

    public static readonly OptionSpec LongHelp = new("--help", null, null, OptionCategory.Output, "the same with examples, exit codes and environment");

    /// <summary>What a verb has that may ask a model.</summary>
    public static IReadOnlyList<OptionSpec> Calling { get; } =
    [
        Workers, Profile, NoConfiguration, MaxCalls, MaxDepth, MaxTokens, MaxInputTokens, MaxOutputTokens, MaxCost, Price, Prices, Timeout, MaxMemory, Parallel, RequestsPerMinute, TokensPerMinute,
        Confirm, Yes, DryRun, JournalFile, JournalFolder, NoJournal, Resume, Sync, Prompts, Strict, Json, Quiet, Verbose, NoColor, ShortHelp, LongHelp,
    ];

    /// <summary>What a verb has that only tells what a model would be asked.</summary>
    public static IReadOnlyList<OptionSpec> Planning { get; } =
        [Workers, Profile, NoConfiguration, MaxCalls, MaxDepth, MaxTokens, MaxInputTokens, MaxOutputTokens, MaxCost, Price, Prices, Timeout, MaxMemory, JournalFile, Resume, Json, Quiet, NoColor, ShortHelp, LongHelp];

    /// <summary>What every verb has.</summary>
    public static IReadOnlyList<OptionSpec> Common { get; } = [Quiet, NoColor, ShortHelp, LongHelp];

    /// <summary>What a verb has that asks for a part of a program.</summary>
    public static IReadOnlyList<OptionSpec> Mapping { get; } =
        [Workers, Profile, NoConfiguration, MaxCalls, Divide, MaxTokens, MaxInputTokens, MaxOutputTokens, MaxCost, Price, Prices, Timeout, MaxMemory, Parallel, RequestsPerMinute, TokensPerMinute, DryRun, JournalFile, Resume, Sync, Prompts, Verbose, .. Common];
}
