using Rlm.Cli.CommandLine;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands.Programs;

/// <summary><c>rlm grammar</c>: the language for engines that hold a model's output to a grammar.</summary>
internal sealed class GrammarCommand() : Verb(
    "grammar", "[--format NAME] [--reply]", "the grammar of programs, for engines that hold a model to one",
    "Every text of it parses. It has the layout of `rlm fmt`, one way to put blanks, and no synonyms. With --reply it is of a model's reply: "
    + "prose in which each ```rlm block holds a program, as --grammar of `ask` sends it.",
    [GrammarFormat, OfReply, .. Common],
    [
        ("rlm grammar", "for llama.cpp"),
        ("rlm grammar --format lark", "for llguidance, or a custom tool of OpenAI's"),
        ("rlm grammar --format ebnf --reply", "what vLLM is sent"),
    ])
{
    private static readonly Dictionary<string, RlmGrammarFormat> Formats = new(StringComparer.Ordinal)
    {
        ["gbnf"] = RlmGrammarFormat.Gbnf,
        ["lark"] = RlmGrammarFormat.Lark,
        ["ebnf"] = RlmGrammarFormat.Ebnf,
    };

    public override Invocation Read(OptionReader reader)
    {
        if (reader.Words.Count > 0)
            reader.Fail($"`{reader.Words[0]}` is too much: the grammar is the same for every program");
        return new GrammarInvocation(Formats[reader.Choice(GrammarFormat) ?? "gbnf"], reader.Flag(OfReply));
    }
}

/// <param name="Format">The notation.</param>
/// <param name="IsReply">Whether it is of a model's reply.</param>
internal sealed record GrammarInvocation(RlmGrammarFormat Format, bool IsReply) : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host.Output.Write(RlmLanguage.Grammar(Format, IsReply));
        return Task.FromResult(ExitCodes.Answered);
    }
}
