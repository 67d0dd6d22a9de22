using Microsoft.Extensions.AI;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Runs;

namespace Rlm.Cli.Mcp.Sessions;

/// <summary>The model of paid stages, chosen for the first program that has one, and what all programs together may spend.</summary>
/// <param name="prepared">Options and prices.</param>
/// <param name="run">What the command line says.</param>
internal sealed class McpModels(PreparedRun prepared, RunArguments run)
{
    private readonly Turns _choosing = new(1);
    private readonly CallBudget _budget = new(run.Options.MaxCalls);
    private bool _isChosen;

    /// <summary>The model of a session that has not asked any yet: the built-in one, which says nothing before it is asked for.</summary>
    public IChatClient Sub => prepared.Models.Sub;

    public string Name => prepared.Models.Name;

    /// <summary>Limits of a program on what is left of them.</summary>
    public RlmOptions Options => prepared.OptionsOf(null, _budget);

    public TimeSpan? Timeout => run.Options.Timeout;

    /// <summary>Programs that spend run one after another, so that each knows what is left.</summary>
    public Turns Spending { get; } = new(1);

    /// <summary>Chooses the model.</summary>
    /// <exception cref="ToolException">None is configured.</exception>
    public async Task ChooseAsync(CancellationToken cancellationToken)
    {
        if (await FindMissingAsync(cancellationToken).ConfigureAwait(false) is { } missing)
            throw new ToolException(
                $"The program asks a model, and the server has none: {missing}. Write it with free stages alone (grep, extract, where, count by, …), and judge the few texts that are left yourself.");
    }

    /// <summary>Chooses the model; what to say where none is configured, or null.</summary>
    public Task<string?> FindMissingAsync(CancellationToken cancellationToken) => _choosing.TakeAsync<string?>(
        async () =>
        {
            if (_isChosen)
                return null;

            var arguments = run.Model.OfStages with { IsOfflineNamed = true };
            try
            {
                await prepared.ConnectAsync(arguments, isPaid: true, cancellationToken).ConfigureAwait(false);
            }
            catch (ModelException exception) when (exception.Failure == ModelFailure.NotChosen)
            {
                return exception.Message.TrimEnd('.');
            }

            _isChosen = true;
            return null;
        }, cancellationToken);
}
