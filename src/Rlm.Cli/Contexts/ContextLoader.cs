using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts.S3;

namespace Rlm.Cli.Contexts;

/// <summary>Opens contexts as variables.</summary>
internal static class ContextLoader
{
    private const string Reading = "the input was read";

    /// <summary>Opens what the arguments name; throws <see cref="TextException"/> for what cannot be read.</summary>
    /// <remarks>Standard input that nobody named is deferred: a program that reads no context does not wait for an open pipe.</remarks>
    public static Task<IReadOnlyList<RlmVariable>> LoadAsync(
        ContextArguments arguments, CliHost host, Action<string> tell, TimeLimit time, CancellationToken cancellationToken) =>
        time.RunAsync<IReadOnlyList<RlmVariable>>(Reading, () => Load(arguments, host, tell, time), cancellationToken);

    private static List<RlmVariable> Load(ContextArguments arguments, CliHost host, Action<string> tell, TimeLimit time)
    {
        var stores = new S3Contexts(host);
        var variables = arguments.Contexts
            .GroupBy(context => context.Name)
            .Select(group => Open(group.Key, [.. group.Select(context => Open(context, arguments, host, stores, tell))]))
            .ToList();

        if (arguments is { ReadsStandardInput: true, MissingInput: { } missing } && !host.IsInputRedirected)
            throw new TextException(missing);
        if (arguments.ReadsStandardInput && host.IsInputRedirected)
            variables.Add(RlmVariable.Defer(ContextArgument.DefaultName, () => time.Run(Reading, () => ReadInput(arguments, host))));

        variables.AddRange(LoadVariables(arguments.Variables));
        return variables;
    }

    /// <summary>Opens contexts as a list of documents, whatever they are.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="contexts">Which of the arguments' contexts.</param>
    /// <param name="arguments">How they are opened.</param>
    /// <param name="host">The process around it.</param>
    /// <param name="tell">Told what is left out.</param>
    /// <exception cref="TextException">One cannot be read.</exception>
    public static RlmVariable LoadDocuments(
        string name, IEnumerable<ContextArgument> contexts, ContextArguments arguments, CliHost host, Action<string> tell)
    {
        var stores = new S3Contexts(host);
        return RlmVariable.Documents(name, [.. contexts.SelectMany(context => Open(context, arguments, host, stores, tell).Texts)]);
    }

    /// <summary>What is given by a text of its own.</summary>
    public static IEnumerable<RlmVariable> LoadVariables(IEnumerable<VariableArgument> variables) =>
        variables.Select(variable => RlmVariable.Text(variable.Name, TextSource.FromString(variable.Value, variable.Name)));

    /// <summary>What is piped in; null for nothing.</summary>
    private static TextSource? ReadInput(ContextArguments arguments, CliHost host) =>
        TextSource.FromStream(host.OpenInput(), "stdin", arguments.EncodingOf(ContextArgument.DefaultName)) is { LengthBytes: > 0 } input
            ? input
            : arguments.MissingInput is { } missing ? throw new TextException(missing) : null;

    /// <summary>
    /// One file, object or stdin is a text, a mailbox the list of its mails; a directory, a glob, or several contexts of one name are documents.
    /// </summary>
    private static RlmVariable Open(string name, IReadOnlyList<(IReadOnlyList<TextSource> Texts, bool AreDocuments)> contexts) =>
        contexts is [([var text], false)]
            ? RlmVariable.Text(name, text)
            : RlmVariable.Documents(name, [.. contexts.SelectMany(context => context.Texts)]);

    private static (IReadOnlyList<TextSource> Texts, bool AreDocuments) Open(
        ContextArgument context, ContextArguments arguments, CliHost host, S3Contexts stores, Action<string> tell)
    {
        if (WorkerContext.Is(context.Path))
            throw new TextException($"`{context.Path}` is read by `rlm run` and `rlm explain` alone, whose program tells what workers look for");
        var encoding = arguments.EncodingOf(context.Name);
        if (S3Address.IsS3(context.Path))
            return stores.Open(context.Path, tell, encoding, ReaderOf(arguments, host));
        if (IsMany(context))
            return (TextSource.FromDirectoryOrGlob(context.Path, tell, encoding, ReaderOf(arguments, host)), true);
        var text = OpenOne(context, arguments, host);
        return text.Documents is { } documents ? (documents, true) : ([text], false);
    }

    private static TextSource OpenOne(ContextArgument context, ContextArguments arguments, CliHost host)
    {
        var encoding = arguments.EncodingOf(context.Name);
        if (context.IsStandardInput && arguments.MissingInput is { } missing)
            return (host.IsInputRedirected ? ReadInput(arguments, host) : null) ?? throw new TextException(missing);
        return context.IsStandardInput ? TextSource.FromStream(host.OpenInput(), "stdin", encoding)
            : UrlContext.IsUrl(context.Path) ? UrlContext.Open(context.Path, encoding, arguments.MaxDownloadBytes)
            : TextSource.FromFile(context.Path, encoding: encoding, reader: ReaderOf(arguments, host));
    }

    private static ContextReader ReaderOf(ContextArguments arguments, CliHost host) => new(
        LoaderReader.Of(arguments.Loaders), DocsReader.OfProcess(), arguments.KeepsNoDocuments ? null : DocsCache.Find(host.Variable));

    private static bool IsMany(ContextArgument context) =>
        !context.IsStandardInput && !UrlContext.IsUrl(context.Path)
            && (Directory.Exists(context.Path) || (context.Path.AsSpan().ContainsAny('*', '?') && !File.Exists(context.Path)));
}
