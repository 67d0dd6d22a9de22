using System.Text;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.CommandLine;

/// <param name="Contexts">What <c>--context</c> names, in order.</param>
/// <param name="Variables">What <c>--var</c> names, in order.</param>
/// <param name="ReadsStandardInput">Whether standard input is the context when it is redirected and no context is named.</param>
internal sealed record ContextArguments(
    IReadOnlyList<ContextArgument> Contexts, IReadOnlyList<VariableArgument> Variables, bool ReadsStandardInput)
{
    private const long DefaultDownloadBytes = 1L << 30;

    /// <summary>What contexts are in, by name; the empty name is for those that are not named.</summary>
    public IReadOnlyDictionary<string, Encoding> Encodings { get; init; } = new Dictionary<string, Encoding>();

    /// <summary>What to say where nothing comes from standard input, of a run that had something from there before; null for any other.</summary>
    public string? MissingInput { get; init; }

    /// <summary>The most that a context at an address may have.</summary>
    public long MaxDownloadBytes { get; init; } = DefaultDownloadBytes;

    /// <summary>Whether nothing of documents is kept, nor read from what was.</summary>
    public bool KeepsNoDocuments { get; init; }

    /// <summary>The programs that read files in place of rlm; the first of an extension holds.</summary>
    public IReadOnlyList<LoaderArgument> Loaders { get; init; } = [];

    /// <summary>The context that workers serve; null where there is none.</summary>
    public WorkerContext? OfWorkers => Contexts is [var context] ? WorkerContext.TryRead(context) : null;

    /// <summary>What a context is in where it has no byte order mark; null for UTF-8.</summary>
    public Encoding? EncodingOf(string context) => Encodings.GetValueOrDefault(context) ?? Encodings.GetValueOrDefault("");

    public static ContextArguments Read(OptionReader reader, bool readsInput)
    {
        var contexts = reader.Texts(OptionCatalog.Context).Select(ContextArgument.Read).ToList();
        if (contexts.Any(context => context.Path.Length == 0))
            reader.Fail("--context has no path: give [NAME=]PATH or -");
        if (contexts.Find(context => WorkerContext.Is(context.Path)) is { } ofWorkers)
        {
            if (contexts.Count > 1)
                reader.Fail($"--context {ofWorkers.Path} stands alone: workers know nothing of other contexts; --var may stand beside it");
            else if (new[] { ContextEncoding, Loader }.FirstOrDefault(option => reader.Takes(option) && reader.Texts(option).Count > 0) is { } ofTexts)
                reader.Fail($"{ofTexts.Name} goes not with {ofWorkers.Path}: `rlm worker {Serve.Name} NAME=PATH` says how its texts are read");
            else if (WorkerContext.TryRead(ofWorkers) is null)
                reader.Fail($"--context {ofWorkers.Path} is neither worker:NAME nor worker:NAME:COUNT: NAME is what `rlm worker --serve NAME=PATH` says, COUNT how many workers have to be there");
        }

        if (contexts.Count(context => context.IsStandardInput) > 1)
            reader.Fail("--context - may be given once: stdin can be read once");

        var variables = new List<VariableArgument>();
        foreach (string text in reader.Texts(Variable))
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !VariableArgument.IsName(text[..equals]))
                reader.Fail($"--var `{text}` is not NAME=VALUE: a name is a letter or `_`, then letters, digits and `_`");
            else
                variables.Add(new(text[..equals], text[(equals + 1)..]));
        }

        var names = contexts.Select(context => context.Name).Distinct().Concat(variables.Select(variable => variable.Name)).ToList();
        foreach (string name in names.Where(name => !RlmVariable.IsName(name)))
            reader.Fail($"`{name}` is not a name for a variable: it is a word of the language");
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            reader.Fail($"the variable `{twice.Key}` is given twice");
        bool readsStandardInput = readsInput && contexts.Count == 0 && !names.Contains(ContextArgument.DefaultName);
        IReadOnlyList<string> known = readsStandardInput ? [ContextArgument.DefaultName] : [.. contexts.Select(context => context.Name)];
        return new(contexts, variables, readsStandardInput)
        {
            Encodings = ReadEncodings(reader, known),
            Loaders = reader.Loaders(),
            KeepsNoDocuments = reader.Flag(NoCache),
            MaxDownloadBytes = reader.Size(MaxDownload) ?? DefaultDownloadBytes,
        };
    }

    /// <summary>The same where stdin is read for something else, which <paramref name="input"/> names.</summary>
    public static ContextArguments ReadBesideInput(OptionReader reader, string input)
    {
        var contexts = Read(reader, readsInput: false);
        if (contexts.Contexts.Any(context => context.IsStandardInput))
            reader.Fail($"--context - takes stdin, which the {input} are read from: name a file");
        return contexts;
    }

    /// <summary>The texts that a worker serves; null for none.</summary>
    public static ContextArguments? ReadServed(OptionReader reader)
    {
        var served = new List<ContextArgument>();
        foreach (string text in reader.Texts(Serve))
        {
            string[] parts = text.Split('=', 2);
            if (parts is not [var name, { Length: > 0 } path] || !VariableArgument.IsName(name) || path == "-" || WorkerContext.Is(path))
                reader.Fail($"{Serve.Name} `{text}` is not NAME=PATH: a name is a letter or `_`, then letters, digits and `_`, and a path what --context takes, but not -");
            else
                served.Add(new(name, path));
        }

        var arguments = new ContextArguments(served, [], ReadsStandardInput: false)
        {
            Encodings = ReadEncodings(reader, [.. served.Select(context => context.Name)]),
            Loaders = reader.Loaders(),
            KeepsNoDocuments = reader.Flag(NoCache),
        };
        return served.Count > 0 ? arguments : null;
    }

    private static Dictionary<string, Encoding> ReadEncodings(OptionReader reader, IReadOnlyList<string> contexts)
    {
        var encodings = new Dictionary<string, Encoding>();
        foreach (string text in reader.Texts(ContextEncoding))
        {
            string[] parts = text.Split('=', 2);
            string name = parts.Length == 2 ? parts[0] : "";
            if (TextEncodings.Find(parts[^1]) is not { } encoding)
                reader.Fail(
                    $"--encoding `{text}` is not an encoding that is known: give a name such as cp1252, latin1, shift_jis, gb18030 or utf-16le");
            else if (name.Length > 0 && !contexts.Contains(name))
                reader.Fail(
                    $"--encoding `{text}` names no context: there {(contexts.Count == 1 ? "is" : "are")} {string.Join(", ", contexts.Distinct())}");
            else if (!encodings.TryAdd(name, encoding))
                reader.Fail($"--encoding is given twice{(name.Length > 0 ? $" for `{name}`" : "")}");
        }

        return encodings;
    }
}
