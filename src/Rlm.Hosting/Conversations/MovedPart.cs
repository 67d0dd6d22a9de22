using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Conversations;

/// <summary>A part of a conversation that is data, held as a variable.</summary>
/// <param name="Content">The content that it was.</param>
/// <param name="Name">The variable's name.</param>
/// <param name="Text">The data.</param>
internal sealed record MovedPart(AIContent Content, string Name, TextSource Text)
{
    /// <summary>What a user wrote before the data; empty for nothing.</summary>
    public string Before { get; init; } = "";

    /// <summary>What a user wrote behind the data; empty for nothing.</summary>
    public string After { get; init; } = "";

    /// <summary>Where what is asked may stand, that could not be told apart from the data; empty where it was.</summary>
    public string Edges { get; init; } = "";

    /// <summary>What stands in the conversation in its place.</summary>
    public string Notice => Invariant($"[{Kind} of {Text.LengthBytes:N0} bytes, held in `{Name}`]");

    private string Kind => Content switch
    {
        FunctionResultContent => "result",
        Utf8TextContent => "text",
        DataContent { Name.Length: > 0 } data => $"attachment {data.Name}",
        DataContent => "attachment",
        _ => "text",
    };

    /// <summary>The content in its place, for a model that is to choose tools.</summary>
    public AIContent Stub() => Content is FunctionResultContent result
        ? new FunctionResultContent(result.CallId, Notice)
        : new TextContent(Join(Before, Notice, Edges, After));

    /// <summary>Texts that are not empty, an empty line between them.</summary>
    public static string Join(params string[] texts) => string.Join("\n\n", texts.Where(text => text.Length > 0));
}
