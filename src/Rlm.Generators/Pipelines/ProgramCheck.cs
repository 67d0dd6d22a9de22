using Rlm.Dsl.Binders;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Types;
using Rlm.Generators.Support;
using Rlm.Generators.Tools;

namespace Rlm.Generators.Pipelines;

/// <summary>Checks a pipeline's program against its method's parameters.</summary>
internal static class ProgramCheck
{
    /// <summary>What the language finds, and a program that answers nothing.</summary>
    public static CheckedProgram Run(PipelineProgram program)
    {
        var findings = new List<ProgramFinding>();
        var compiled = RlmProgram.Compile(new SourceText(program.Text), EnvironmentOf(program));
        foreach (var diagnostic in compiled.Diagnostics)
        {
            string message = diagnostic.Help is null ? diagnostic.Message : $"{diagnostic.Message}; {diagnostic.Help}";
            findings.Add(new ProgramFinding(diagnostic.Descriptor, message, diagnostic.Span));
        }

        if (compiled is { HasErrors: false, Bound: { } bound })
            CheckAnswer(program, bound, findings);

        return new CheckedProgram(program.FileName, new EquatableArray<ProgramFinding>(findings));
    }

    private static void CheckAnswer(PipelineProgram program, BoundProgram bound, List<ProgramFinding> findings)
    {
        // The first answer ends a program; without one the last value that it shows is the answer.
        var answered = bound.Statements.FirstOrDefault(statement => statement is BoundAnswer)
            ?? bound.Statements.LastOrDefault(statement => statement is BoundShow);
        if (answered is null)
        {
            findings.Add(new ProgramFinding(GeneratorDiagnostics.NoAnswer,
                "the program defines and asserts, and answers nothing; end it with `answer …` or with a pipeline",
                new SourceSpan(0, program.Text.Length)));
            return;
        }

        var pipeline = answered is BoundAnswer answer ? answer.Value : ((BoundShow)answered).Value;
        if (program.Answer is { } wanted && AnswerCheck.FindMismatch(wanted, pipeline.Type) is { } problem)
        {
            findings.Add(new ProgramFinding(
                GeneratorDiagnostics.WrongAnswer, $"the method gives {wanted.Notation}, and {problem}", pipeline.Span));
        }
    }

    private static BindingEnvironment EnvironmentOf(PipelineProgram program) => BindingEnvironment.Empty with
    {
        Variables = program.Variables.ToDictionary(
            variable => variable.Name, variable => new VariableSymbol(variable.Name, TypeOf(variable), null)),
        Tools = [.. program.Tools.Select(SignatureOf)],
    };

    private static RlmType TypeOf(ProgramVariable variable) =>
        variable.Notation is null ? RlmType.ListOf(RlmType.Doc) : TypeNotation.Parse(variable.Notation);

    private static FunctionSignature SignatureOf(ToolModel tool)
    {
        var result = TypeNotation.Parse(tool.Result.Notation);
        return new FunctionSignature
        {
            Name = tool.Name,
            Summary = tool.Description,
            Parameters = [.. tool.Arguments.Select(
                parameter => new FunctionParameter(parameter.Name, TypeNotation.Parse(parameter.Notation), parameter.Default is not null))],
            Result = _ => result,
            IsTool = true,
        };
    }
}
