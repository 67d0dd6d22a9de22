namespace Rlm.Runtime.Telemetry;

/// <summary>
/// The names of OpenTelemetry's conventions for generative AI (open-telemetry/semantic-conventions-genai, 2026, in development), and
/// those that runs add to them.
/// </summary>
internal static class GenAi
{
    public const string Chat = "chat", ExecuteTool = "execute_tool", InvokeAgent = "invoke_agent", InvokeWorkflow = "invoke_workflow";

    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string AgentName = "gen_ai.agent.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseId = "gen_ai.response.id";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CachedTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string ToolName = "gen_ai.tool.name";
    public const string ToolDescription = "gen_ai.tool.description";
    public const string ToolType = "gen_ai.tool.type";
    public const string TokenType = "gen_ai.token.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ErrorType = "error.type";

    public const string TokenUsage = "gen_ai.client.token.usage";
    public const string ChatDuration = "gen_ai.client.operation.duration";
    public const string AgentDuration = "gen_ai.invoke_agent.duration";
    public const string WorkflowDuration = "gen_ai.workflow.duration";
    public const string ToolDuration = "gen_ai.execute_tool.duration";

    /// <summary>Who asks: <c>root</c>, <c>sub</c>, or the name that <c>with model</c> gives.</summary>
    public const string Role = "rlm.role";
    public const string Outcome = "rlm.outcome";
    public const string IsPartial = "rlm.partial";
    public const string Calls = "rlm.calls";
    public const string Steps = "rlm.steps";
}
