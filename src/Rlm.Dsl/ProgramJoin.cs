using Rlm.Dsl.Syntax;

namespace Rlm.Dsl;

/// <summary>Writes programs one after another as one.</summary>
internal static class ProgramJoin
{
    /// <summary>The text, each program from the start of a line.</summary>
    public static string Write(IReadOnlyList<string> programs) =>
        string.Concat(programs.Select((program, place) => $"{(place < programs.Count - 1 ? ShowAnswer(program) : program).TrimEnd('\n')}\n"));

    /// <summary>The program with what it answers shown; what stands behind that never runs.</summary>
    private static string ShowAnswer(string program)
    {
        var (syntax, _) = ProgramParser.Parse(new SourceText(program));
        return syntax.Statements.OfType<AnswerSyntax>().FirstOrDefault() is { } answer
            ? program.Substring(0, answer.Span.End).Remove(answer.Span.Start, answer.Value.Span.Start - answer.Span.Start)
            : program;
    }
}
