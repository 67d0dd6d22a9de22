namespace Rlm.Generators.Support;

/// <summary>The names of the library's types that generators look for.</summary>
internal static class RuntimeNames
{
    public const string ToolsAttribute = "Rlm.Runtime.RlmToolsAttribute";
    public const string ToolAttribute = "Rlm.Runtime.RlmToolAttribute";
    public const string PipelineAttribute = "Rlm.Runtime.RlmPipelineAttribute";
    public const string Session = "Rlm.Runtime.RlmSession";
    public const string Options = "Rlm.Runtime.RlmOptions";
    public const string Result = "Rlm.Runtime.RlmResult";
    public const string TextSource = "Rlm.Runtime.Texts.TextSource";
    public const string ChatClient = "Microsoft.Extensions.AI.IChatClient";
    public const string CancellationToken = "System.Threading.CancellationToken";
}
