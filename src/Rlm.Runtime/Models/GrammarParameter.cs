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

    /// <summary>Writes the grammar of a reply that may use the tools. A delegate, so that a native app without a parameter does not carry grammars.</summary>
    internal Func<RlmGrammarFormat, IReadOnlyCollection<string>, string> WriteReply { get; } =
        static (format, tools) => GrammarWriter.Write(GrammarBuilder.Build(isReply: true, tools), format);
}
