using Rlm.Dsl;
using Rlm.Dsl.Grammars;
using Rlm.Dsl.Operators;

namespace Rlm;

/// <summary>What the language has, as data: for help, an editor, or a prompt.</summary>
public static class RlmLanguage
{
    /// <summary>Every operator, family by family; of two with one head word the more specific stands first.</summary>
    public static IReadOnlyList<RlmOperator> Operators { get; } =
        [.. OperatorCatalog.All.Select(static signature => new RlmOperator(signature))];

    /// <summary>Every function, without the tools of a host.</summary>
    public static IReadOnlyList<RlmFunction> Functions { get; } =
        [.. FunctionCatalog.All.Select(static signature => new RlmFunction(signature))];

    /// <summary>Lays a program out: one way for each program, which keeps its meaning, its words and its comments.</summary>
    /// <param name="text">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <returns>The layout; a program with an error of syntax comes back as it is, with its diagnostics.</returns>
    public static RlmFormatting Format(string text, string name = "program")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return ProgramFormatter.Format(new SourceText(text, name));
    }

    /// <summary>
    /// The grammar of programs in their canonical layout, for engines that hold a model's output to one: every text of it parses. It has the
    /// operators and functions that there are, and none of what else is understood.
    /// </summary>
    /// <param name="format">The notation.</param>
    /// <param name="isReply">Whether it is of a model's reply: prose in which each fence holds a program, and one does.</param>
    public static string Grammar(RlmGrammarFormat format, bool isReply = false) => GrammarWriter.Write(GrammarBuilder.Build(isReply, []), format);
}
