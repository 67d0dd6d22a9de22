using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;

namespace Rlm.Cli.Lsp;

/// <summary>What is asked about a program that is not run: over contexts, or over texts that nobody has seen.</summary>
internal sealed class LanguageService : IDisposable
{
    private readonly OfflineChatClient _client = new();
    private readonly ContextArguments _contexts;
    private readonly IReadOnlyList<string> _names;
    private readonly RlmSession? _session;

    private LanguageService(ContextArguments contexts, IReadOnlyList<RlmVariable>? variables)
    {
        _contexts = contexts;
        _names = [ContextArgument.DefaultName, .. contexts.Variables.Select(variable => variable.Name)];
        _session = variables is null ? null : new RlmSession(_client, variables, new RlmOptions { OptionNames = RunArguments.OptionNames });
    }

    /// <summary>Opens the contexts; without any, <c>context</c> is a text of which nothing is known, or documents where the program is for those.</summary>
    public static async Task<LanguageService> OpenAsync(ContextArguments contexts, CliHost host, StatusWriter status, CancellationToken cancellationToken)
    {
        return new(contexts, contexts.Contexts.Count == 0 ? null
            : await ContextLoader.LoadAsync(contexts, host, status.Tell, new TimeLimit(null), cancellationToken).ConfigureAwait(false));
    }

    public RlmProgram Compile(string text, string name) =>
        _session?.Compile(text, name) ?? ContextOutline.Find(text, name, _contexts)?.Program
            ?? RlmProgram.Compile(text, name, _names.Distinct(), RunArguments.OperatorsPage);

    public IReadOnlyList<RlmCompletion> Complete(string text, int position) =>
        _session?.Complete(text, position) ?? RlmLanguage.Complete(text, position, _names);

    public RlmWord? DescribeWord(string text, int position) =>
        _session is null ? RlmLanguage.DescribeWord(text, position, _names) : _session.DescribeWord(text, position);

    public void Dispose() => _client.Dispose();
}
