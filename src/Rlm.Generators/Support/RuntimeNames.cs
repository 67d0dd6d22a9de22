namespace Rlm.Generators.Support;

/// <summary>The names of the library's types that generators look for.</summary>
internal static class RuntimeNames
{
    public const string ToolsAttribute = "Rlm.RlmToolsAttribute";
    public const string ToolAttribute = "Rlm.RlmToolAttribute";
    public const string PipelineAttribute = "Rlm.RlmPipelineAttribute";
    public const string Session = "Rlm.RlmSession";
    public const string Options = "Rlm.RlmOptions";
    public const string Result = "Rlm.RlmResult";
    public const string TextSource = "Rlm.TextSource";
    public const string ChatClient = "Microsoft.Extensions.AI.IChatClient";
    public const string CancellationToken = "System.Threading.CancellationToken";
}
