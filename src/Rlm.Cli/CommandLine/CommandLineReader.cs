using System.Text;
using Rlm.Dsl.Text;
using Rlm.Runtime;
using Rlm.Runtime.Texts.Encodings;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.CommandLine;

/// <summary>Reads a command line into a record; opens and asks nothing.</summary>
internal static class CommandLineReader
{
    public static Invocation Read(IReadOnlyList<string> args)
    {
        if (args.Count == 0)
            return new UsageInvocation(null, IsLong: false);

        switch (args[0])
        {
            case "--version" or "-V":
                return new VersionInvocation();
            case "-h":
                return new UsageInvocation(null, IsLong: false);
            case "--help":
                return new UsageInvocation(null, IsLong: true);
        }

        return VerbCatalog.Find(args[0]) is { } verb ? Read(verb, [.. args.Skip(1)]) : new Misuse(UnknownVerb(args[0]));
    }

    private static Invocation Read(VerbSpec verb, IReadOnlyList<string> args)
    {
        var result = VerbParser.Parse(verb, args, out string? error);
        var reader = new OptionReader(result);
        if (reader.Flag(LongHelp) || reader.Flag(ShortHelp))
            return new UsageInvocation(verb, reader.Flag(LongHelp));
        if (error is not null)
            return new Misuse(error, verb);

        var words = VerbParser.WordsOf(result);
        Invocation invocation = verb.Name switch
        {
            "ask" => new AskInvocation(Question(reader, words), Contexts(reader, readsInput: true), Run(reader, isAsk: true), Output(reader, verb)),
            "run" => ReadRun(reader, words, verb),
            "check" => ReadCheck(reader, words, verb),
            "replay" => new ReplayInvocation(JournalPath(reader, words), Output(reader, verb)),
            "journal" => new JournalInvocation(JournalPath(reader, words), Output(reader, verb)),
            "models" => new ModelsInvocation(NoWords(reader, words, Model(reader, hasSubModel: false)), Output(reader, verb)),
            "help" => new HelpInvocation(words.Count == 0 ? null : string.Join(' ', words)),
            _ => throw new InvalidOperationException($"No reading of the verb {verb.Name}."),
        };
        IReadOnlyList<string> line = JournalLine.Of(verb, args);
        invocation = invocation switch
        {
            AskInvocation ask => ask with { Run = ask.Run with { Line = line } },
            RunInvocation run => run with { Run = run.Run with { Line = line } },
            _ => invocation,
        };
        return reader.Error is null ? invocation : new Misuse(reader.Error, verb);
    }

    private static RunInvocation ReadRun(OptionReader reader, IReadOnlyList<string> words, VerbSpec verb)
    {
        var program = Program(reader, words);
        return new(program, Contexts(reader, readsInput: program.Path != "-"), Run(reader, isAsk: false), Output(reader, verb));
    }

    private static CheckInvocation ReadCheck(OptionReader reader, IReadOnlyList<string> words, VerbSpec verb)
    {
        var program = Program(reader, words);
        var contexts = Contexts(reader, readsInput: false);
        return new(program, contexts, Output(reader, verb));
    }

    private static string Question(OptionReader reader, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            reader.Fail("the question is missing: rlm ask \"How many errors are there?\" -c server.log");
        else if (words.Count > 1)
            reader.Fail($"`{words[1]}` is one argument too many: put the question in quotes");
        else if (string.IsNullOrWhiteSpace(words[0]))
            reader.Fail("the question is empty");
        return words.Count > 0 ? words[0] : "";
    }

    private static ProgramArgument Program(OptionReader reader, IReadOnlyList<string> words)
    {
        // An empty program is a program with an error, not wrong usage.
        string? text = reader.Texts(Expression) is { Count: > 0 } lines ? string.Join('\n', lines) : null;
        if (text is null && words.Count == 0)
            reader.Fail("the program is missing: a FILE, or -e DSL");
        else if (words.Count > (text is null ? 1 : 0))
            reader.Fail($"`{words[text is null ? 1 : 0]}` is one argument too many: give one FILE, or one -e DSL in quotes");
        if (words.Count == 1 && words[0] == "-" && reader.Texts(OptionCatalog.Context).Any(context => Split(context).Path == "-"))
            reader.Fail("stdin cannot be both the program and a context");
        return new(text, text is null && words.Count > 0 ? words[0] : null);
    }

    private static ContextArguments Contexts(OptionReader reader, bool readsInput)
    {
        var contexts = reader.Texts(OptionCatalog.Context).Select(Split).ToList();
        if (contexts.Any(context => context.Path.Length == 0))
            reader.Fail("--context has no path: give [NAME=]PATH or -");
        if (contexts.Count(context => context.IsStandardInput) > 1)
            reader.Fail("--context - may be given once: stdin can be read once");

        var variables = new List<VariableArgument>();
        foreach (string text in reader.Texts(Variable))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !IsName(text[..equals]))
                reader.Fail($"--var `{text}` is not NAME=VALUE: a name is a letter or `_`, then letters, digits and `_`");
            else
                variables.Add(new(text[..equals], text[(equals + 1)..]));
        }

        var names = contexts.Select(context => context.Name).Distinct().Concat(variables.Select(variable => variable.Name)).ToList();
        foreach (string name in names.Where(name => name is "it" or "index"))
            reader.Fail($"`{name}` is not a name for a variable: programs call the item and its place so");
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            reader.Fail($"the variable `{twice.Key}` is given twice");
        bool readsStandardInput = readsInput && contexts.Count == 0;
        IReadOnlyList<string> known = readsStandardInput ? [ContextArgument.DefaultName] : [.. contexts.Select(context => context.Name)];
        return new(contexts, variables, readsStandardInput) { Encodings = Encodings(reader, known) };
    }

    private static Dictionary<string, Encoding> Encodings(OptionReader reader, IReadOnlyList<string> contexts)
    {
        var encodings = new Dictionary<string, Encoding>();
        foreach (string text in reader.Texts(ContextEncoding))
        {
            string[] parts = text.Split('=', 2);
            string name = parts.Length == 2 ? parts[0] : "";
            if (TextEncodings.Find(parts[^1]) is not { } encoding)
                reader.Fail($"--encoding `{text}` is not an encoding that is known: give a name such as cp1252, latin1, shift_jis, gb18030 or utf-16le");
            else if (name.Length > 0 && !contexts.Contains(name))
                reader.Fail($"--encoding `{text}` names no context: there {(contexts.Count == 1 ? "is" : "are")} {string.Join(", ", contexts.Distinct())}");
            else if (!encodings.TryAdd(name, encoding))
                reader.Fail($"--encoding is given twice{(name.Length > 0 ? $" for `{name}`" : "")}");
        }

        return encodings;
    }

    private static RunArguments Run(OptionReader reader, bool isAsk)
    {
        var options = new RlmOptions
        {
            MaxCalls = reader.Whole(MaxCalls, 1, 1_000_000, 50),
            MaxTokens = reader.Whole(MaxTokens, 1, 1_000_000_000_000),
            MaxInputTokens = reader.Whole(MaxInputTokens, 1, 1_000_000_000_000),
            MaxOutputTokens = reader.Whole(MaxOutputTokens, 1, 1_000_000_000_000),
            MaxCostUsd = reader.Amount(MaxCost, 1_000_000),
            Price = reader.Price(Price),
            Timeout = reader.Time(OptionCatalog.Timeout),
            MaxMemoryBytes = reader.Size(MaxMemory),
            Parallel = reader.Text(OptionCatalog.Parallel) is "auto" ? null : reader.Whole(OptionCatalog.Parallel, 1, 1_024, 8),
            RequestsPerMinute = (int?)reader.Whole(RequestsPerMinute, 1, 1_000_000),
            TokensPerMinute = reader.Whole(TokensPerMinute, 1, 1_000_000_000_000),
            Strict = reader.Flag(Strict),
        };
        if (isAsk)
            options = options with { MaxSteps = reader.Whole(MaxSteps, 1, 1_000, 20), Instructions = reader.Text(Instructions) };

        string? journal = reader.Text(JournalFile);
        bool resume = reader.Flag(Resume);
        if (resume && journal is null)
            reader.Fail("--resume needs --journal FILE, the journal to go on from");
        return new(Model(reader, hasSubModel: true), options, ConsentOf(reader), journal, SyncOf(reader), resume) { PricesPath = reader.Text(Prices) };
    }

    private static ConsentMode ConsentOf(OptionReader reader)
    {
        if (reader.Flag(DryRun))
            return ConsentMode.DryRun;
        return reader.Flag(Confirm) && !reader.Flag(Yes) ? ConsentMode.Ask : ConsentMode.Given;
    }

    private static JournalSync SyncOf(OptionReader reader)
    {
        string text = reader.Text(Sync) ?? "end";
        if (text is not ("each" or "end" or "off"))
            reader.Fail($"--journal-sync `{text}` is none of each, end and off");
        return text switch { "each" => JournalSync.Each, "off" => JournalSync.Off, _ => JournalSync.End };
    }

    private static string JournalPath(OptionReader reader, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            reader.Fail("the journal is missing: the FILE that --journal wrote");
        else if (words.Count > 1)
            reader.Fail($"`{words[1]}` is one argument too many");
        return words.Count > 0 ? words[0] : "";
    }

    private static ModelArguments Model(OptionReader reader, bool hasSubModel) =>
        new(reader.Text(OptionCatalog.Model), hasSubModel ? reader.Text(SubModel) : null, reader.Text(BaseUrl));

    private static OutputArguments Output(OptionReader reader, VerbSpec verb)
    {
        bool isQuiet = reader.Flag(Quiet), isVerbose = verb.Options.Contains(Verbose) && reader.Flag(Verbose);
        if (isQuiet && isVerbose)
            reader.Fail("--quiet and --verbose exclude each other");
        return new(verb.Options.Contains(Json) && reader.Flag(Json), isQuiet, isVerbose, reader.Flag(NoColor));
    }

    private static T NoWords<T>(OptionReader reader, IReadOnlyList<string> words, T value)
    {
        if (words.Count > 0)
            reader.Fail($"`{words[0]}` is one argument too many");
        return value;
    }

    private static ContextArgument Split(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && IsName(text[..equals]) ? new(text[..equals], text[(equals + 1)..]) : new(ContextArgument.DefaultName, text);
    }

    private static bool IsName(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c == '_');

    private static string UnknownVerb(string text)
    {
        if (text.StartsWith('-'))
            return $"unknown option `{text}`; options come after the command, as in rlm ask \"…\" -c FILE";
        if (NameSuggestion.For(text, VerbCatalog.All.Select(verb => verb.Name)) is { } near)
            return $"unknown command `{text}`; did you mean `{near}`?";
        return text.Contains(' ', StringComparison.Ordinal)
            ? "a question needs `ask` before it: rlm ask \"…\""
            : $"unknown command `{text}`; there are {string.Join(", ", VerbCatalog.All.Select(verb => verb.Name))}";
    }
}
