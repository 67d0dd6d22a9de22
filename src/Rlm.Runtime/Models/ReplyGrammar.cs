using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Models;

/// <summary>
/// The grammar of a root's reply. Prose is free, so that thoughts may come first, but for fences, each of which holds a program of the language.
/// Where a tool is called it is that of the program alone.
/// </summary>
internal sealed class ReplyGrammar : IReplyConstraint
{
    /// <summary>What a block of a reply is called that holds a program.</summary>
    private const string ToolName = "rlm";

    private static readonly Memo<GrammarParameter, ReplyGrammar> WithoutTools = new(EqualityComparer<GrammarParameter>.Default);

    private readonly GrammarParameter _parameter;

    private ReplyGrammar(GrammarParameter parameter, IReadOnlyCollection<string> tools)
    {
        _parameter = parameter;
        Text = parameter.Write(parameter, tools);
    }

    public string Kind => "a grammar";

    public string Text { get; }

    /// <summary>The grammar as a client takes it; null for one that takes none.</summary>
    public static ReplyGrammar? Of(GrammarParameter? parameter, IReadOnlyList<RlmTool> tools) => parameter is null ? null
        : tools.Count == 0 ? WithoutTools.GetOrAdd(parameter, static parameter => new ReplyGrammar(parameter, []))
        : new ReplyGrammar(parameter, [.. tools.Select(static tool => tool.Name)]);

    public void AddTo(ChatOptions options)
    {
        string[] path = _parameter.Name.Split('.', 2);
        var properties = options.AdditionalProperties = options.AdditionalProperties is { } own ? new(own) : [];
        if (_parameter.IsTool)
        {
            properties[path[0]] = new JsonArray(MakeTool());
            properties["tool_choice"] = new JsonObject { ["type"] = "custom", ["custom"] = new JsonObject { ["name"] = ToolName } };
        }
        else
        {
            properties[path[0]] = path is [_, var field] ? new JsonObject { [field] = Text } : Text;
        }
    }

    private JsonObject MakeTool() => new()
    {
        ["type"] = "custom",
        ["custom"] = new JsonObject
        {
            ["name"] = ToolName,
            ["description"] = "Runs a program. Write the program alone, without a fence.",
            ["format"] = new JsonObject { ["type"] = "grammar", ["grammar"] = new JsonObject { ["syntax"] = "lark", ["definition"] = Text } },
        },
    };
}
