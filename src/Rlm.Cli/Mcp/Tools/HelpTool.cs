using Rlm.Cli.Help;
using Rlm.Cli.Output;

namespace Rlm.Cli.Mcp.Tools;

/// <summary>Shows the language, or a word of it.</summary>
internal sealed class HelpTool() : McpTool(
    "help", "Explain the language",
    "The language: without a topic all of it, with examples for each kind of question (some 3,000 tokens: read it once before the first program). A topic is an operator, a function, a word or the id of a diagnostic, such as \"extract\" or \"RLM2001\".",
    [new McpParameter(TopicArgument, McpParameter.Text, "An operator, a function, a word or a diagnostic.")])
{
    private const string TopicArgument = "topic";

    public override Task<McpResult> CallAsync(McpCall call, CancellationToken cancellationToken)
    {
        if (Read(call).Find(TopicArgument) is not { } topic)
            return Task.FromResult<McpResult>(McpToolResult.Of(RlmGuide.Text));

        string near = NameSuggestion.For(topic, TopicPage.Names) is { } name ? $"; did you mean `{name}`?" : ": leave `topic` out for the whole language";
        return Task.FromResult<McpResult>(McpToolResult.Of(
            TopicPage.Find(topic) ?? throw new ToolException($"there is nothing on `{PlainText.Cut(topic, 60)}`{near}")));
    }
}
