using Rlm.Cli.CommandLine;
using Rlm.Runtime;
using Rlm.Runtime.Texts;

namespace Rlm.Cli.Contexts;

/// <summary>Opens contexts as variables.</summary>
internal static class ContextLoader
{
    /// <summary>Opens what the arguments name; throws <see cref="TextException"/> for what cannot be read.</summary>
    /// <remarks>On a thread of its own, so that an interruption does not wait for standard input.</remarks>
    public static Task<IReadOnlyList<RlmVariable>> LoadAsync(ContextArguments arguments, CliHost host, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<RlmVariable>>(() => Load(arguments, host), cancellationToken).WaitAsync(cancellationToken);

    private static List<RlmVariable> Load(ContextArguments arguments, CliHost host)
    {
        var variables = arguments.Contexts
            .GroupBy(context => context.Name)
            .Select(group => Open(group.Key, [.. group], host))
            .ToList();

        if (arguments.ReadsStandardInput && host.IsInputRedirected
            && TextFiles.FromStream(host.OpenInput(), "stdin") is { LengthBytes: > 0 } input)
        {
            variables.Add(RlmVariable.Text(ContextArgument.DefaultName, input));
        }

        variables.AddRange(arguments.Variables.Select(variable => RlmVariable.Text(variable.Name, TextSource.FromString(variable.Value, variable.Name))));
        return variables;
    }

    private static RlmVariable Open(string name, IReadOnlyList<ContextArgument> contexts, CliHost host)
    {
        if (contexts is [{ IsStandardInput: true }])
            return RlmVariable.Text(name, TextFiles.FromStream(host.OpenInput(), "stdin"));
        if (contexts is [var only] && !ContextFiles.IsMany(only.Path))
            return RlmVariable.Text(name, TextFiles.FromFile(only.Path));

        var documents = new List<(string Path, string Name)>();
        foreach (var context in contexts)
            documents.AddRange(context.IsStandardInput ? [("-", "stdin")] : ContextFiles.List(context.Path));

        // Documents of two directories may share a name; a citation must not.
        var names = documents.CountBy(document => document.Name).ToDictionary();
        return RlmVariable.Documents(name,
        [
            .. documents.Select(document => document.Path == "-"
                ? TextFiles.FromStream(host.OpenInput(), document.Name)
                : TextFiles.FromFile(document.Path, names[document.Name] > 1 ? document.Path : document.Name)),
        ]);
    }
}
