using System.Text.Json;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Execution;

/// <summary>A tool whose calls are events.</summary>
internal sealed class ObservedTool(RlmTool tool, RunContext run) : RlmTool
{
    public override string Name => tool.Name;

    public override string Description => tool.Description;

    public override IReadOnlyList<RlmToolParameter> Parameters => tool.Parameters;

    public override string ResultType => tool.ResultType;

    /// <summary>The tools of a run, observed where somebody wants to be told of calls.</summary>
    public static IReadOnlyList<RlmTool> Of(RunContext run) =>
        run.TellsCalls ? [.. run.Options.Tools.Select(tool => new ObservedTool(tool, run))] : run.Options.Tools;

    public override async ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var result = await tool.InvokeAsync(arguments, cancellationToken).ConfigureAwait(false);
            run.Emit(new ToolCalled(run.Elapsed, Name, arguments, result, null));
            return result;
        }
        catch (Exception exception)
        {
            run.Emit(new ToolCalled(run.Elapsed, Name, arguments, null, exception.Message.ReplaceLineEndings(" ")));
            throw;
        }
    }
}
