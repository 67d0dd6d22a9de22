using Rlm.Dsl.Grammars;

namespace Rlm;

/// <summary>How a server takes a grammar that it holds a reply to: in a field of the request, which the client sends as an additional property.</summary>
/// <param name="Name">The field, behind a dot one within it.</param>
/// <param name="Format">The notation of the grammar.</param>
public sealed record GrammarParameter(string Name, RlmGrammarFormat Format)
{
    /// <summary>llama.cpp's <c>grammar</c>, in GBNF.</summary>
    public static GrammarParameter LlamaCpp { get; } = new("grammar", RlmGrammarFormat.Gbnf);

    /// <summary>vLLM's <c>structured_outputs</c> with a <c>grammar</c>, in the notation of XGrammar, which its other engine reads too.</summary>
    public static GrammarParameter Vllm { get; } = new("structured_outputs.grammar", RlmGrammarFormat.Ebnf);

    /// <summary>
    /// A custom tool, as OpenAI has them, with the grammar in Lark, which the model has to call: its input is a program, which <c>OpenAiChatClient</c> gives as a block of the reply.
    /// </summary>
    public static GrammarParameter CustomTool { get; } = new("tools", RlmGrammarFormat.Lark) { IsTool = true };

    /// <summary>Whether the grammar is that of a custom tool's input, a program alone. Default false: that of the reply, which holds programs.</summary>
    public bool IsTool { get; init; }

    /// <summary>Writes the grammar, given a host's tools. A delegate, so that a native app without a parameter does not carry grammars.</summary>
    internal Func<GrammarParameter, IReadOnlyCollection<string>, string> Write { get; } =
        static (parameter, tools) => GrammarWriter.Write(GrammarBuilder.Build(isReply: !parameter.IsTool, tools), parameter.Format);
}
