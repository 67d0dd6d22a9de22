namespace Rlm;

/// <summary>A notation that engines of constrained decoding read grammars in.</summary>
public enum RlmGrammarFormat
{
    /// <summary>llama.cpp's, <c>name ::= "text" | [a-z]+</c>, with hyphens in names.</summary>
    Gbnf,

    /// <summary>That of Lark, llguidance and OpenAI's custom tools: <c>name: "text" | /[a-z]+/</c>.</summary>
    Lark,

    /// <summary>XGrammar's, which vLLM takes: as llama.cpp's, with underscores in names and an alternative a line.</summary>
    Ebnf,
}
