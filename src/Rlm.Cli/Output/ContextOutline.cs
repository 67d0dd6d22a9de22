using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Output;

/// <summary>How a program would run over a context that nobody has given.</summary>
/// <param name="Program">The program, compiled for it.</param>
/// <param name="Context">What the context is taken to be.</param>
internal sealed record ContextOutline(RlmProgram Program, string Context)
{
    /// <summary>
    /// The program over one text or, where it has errors then, over documents; where it has errors over those, too, with those over a text. Null where
    /// there is a context.
    /// </summary>
    public static ContextOutline? Find(string text, string name, ContextArguments contexts)
    {
        IReadOnlyList<string> variables = [.. contexts.Variables.Select(variable => variable.Name)];
        if (variables.Contains(ContextArgument.DefaultName))
            return null;

        var overText = Compile([.. variables, ContextArgument.DefaultName], [], "a text");
        return overText.Program.HasErrors && Compile(variables, [ContextArgument.DefaultName], "a list of documents") is { Program.HasErrors: false } overDocuments
            ? overDocuments : overText;

        ContextOutline Compile(IReadOnlyList<string> texts, IReadOnlyList<string> documents, string context) =>
            new(RlmProgram.Compile(text, name, texts, RunArguments.OperatorsPage, documents), context);
    }

    /// <summary>Tells that there is no context, and what was found in the program.</summary>
    public void Tell(bool isJson, StatusWriter status)
    {
        if (Program.Diagnostics.Count > 0 && !isJson)
            status.WriteBlock(DiagnosticRenderer.Render(Program.Diagnostics, Program.Source), isDiagnostics: true);
        status.Tell($"no context: it is taken to be {Context}; give one with -c for items, calls and cost");
    }
}
