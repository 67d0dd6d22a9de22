using Rlm.Runtime.Root;

namespace Rlm;

/// <summary>What a model has to know to write programs, for a host whose own model writes them.</summary>
public static class RlmGuide
{
    /// <summary>
    /// The language as a root is told it: how programs are written, every stage and function, what to write for which question, and
    /// examples. Some 3,000 tokens of Markdown, made of the catalogue.
    /// </summary>
    public static string Text => RootPrompt.Guide;
}
