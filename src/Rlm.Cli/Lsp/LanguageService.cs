using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;

namespace Rlm.Cli.Lsp;

/// <summary>What is asked about a program that is not run: over contexts, or over texts that nobody has seen.</summary>
internal sealed class LanguageService : IDisposable
{
    private readonly OfflineChatClient _client = new();
    private readonly IReadOnlyList<string> _names;
    private readonly RlmSession? _session;

    private LanguageService(IReadOnlyList<string> names, IReadOnlyList<RlmVariable>? variables)
    {
        _names = names;
        _session = variables is null ? null : new RlmSession(_client, variables, new RlmOptions { OptionNames = RunArguments.OptionNames });
    }

    /// <summary>Opens the contexts; without any, <c>context</c> is a text of which nothing is known.</summary>
    public static async Task<LanguageService> OpenAsync(ContextArguments contexts, CliHost host, StatusWriter status, CancellationToken cancellationToken)
    {
        if (contexts.Contexts.Count == 0)
            return new([ContextArgument.DefaultName, .. contexts.Variables.Select(variable => variable.Name)], null);

        return new([], await ContextLoader.LoadAsync(contexts, host, status.Tell, new TimeLimit(null), cancellationToken).ConfigureAwait(false));
    }

    public RlmProgram Compile(string text, string name) =>
        _session?.Compile(text, name) ?? RlmProgram.Compile(text, name, _names, RunArguments.OperatorsPage);

    public IReadOnlyList<RlmCompletion> Complete(string text, int position) =>
        _session?.Complete(text, position) ?? RlmLanguage.Complete(text, position, _names);

    public RlmWord? DescribeWord(string text, int position) =>
        _session is null ? RlmLanguage.DescribeWord(text, position, _names) : _session.DescribeWord(text, position);

    public void Dispose() => _client.Dispose();
}
