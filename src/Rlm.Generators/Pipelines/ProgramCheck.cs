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
    /// <summary>Reports what the language finds at its place in the literal, and a program that answers nothing.</summary>
    public static void Check(
        string program, IReadOnlyList<PipelineParameter> parameters, IReadOnlyList<ToolModel> tools, ProgramLiteral literal,
        List<Finding> findings)
    {
        var compiled = RlmProgram.Compile(new SourceText(program), EnvironmentOf(parameters, tools));
        foreach (var diagnostic in compiled.Diagnostics)
        {
            string message = diagnostic.Help is null ? diagnostic.Message : $"{diagnostic.Message}; {diagnostic.Help}";
            findings.Add(new Finding(diagnostic.Descriptor, message, literal.PlaceOf(diagnostic.Span)));
        }

        if (compiled is { HasErrors: false, Bound: { } bound } && !bound.Statements.Any(statement => statement is BoundAnswer or BoundShow))
        {
            findings.Add(new Finding(GeneratorDiagnostics.NoAnswer, "the program defines and asserts, and answers nothing; end it with `answer …` or with a pipeline",
                literal.PlaceOf(new SourceSpan(0, program.Length))));
        }
    }

    private static BindingEnvironment EnvironmentOf(IReadOnlyList<PipelineParameter> parameters, IReadOnlyList<ToolModel> tools)
    {
        // What a session holds is not known before it runs.
        if (parameters.Any(parameter => parameter.Role == PipelineRole.Session))
            return BindingEnvironment.WithTexts(["context"]);

        var variables = new Dictionary<string, VariableSymbol>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (parameter.Role is PipelineRole.Text or PipelineRole.TextValue)
                variables[parameter.Name] = new VariableSymbol(parameter.Name, RlmType.Text, null);
            else if (parameter.Role == PipelineRole.Documents)
                variables[parameter.Name] = new VariableSymbol(parameter.Name, RlmType.ListOf(RlmType.Doc), null);
        }

        return BindingEnvironment.Empty with { Variables = variables, Tools = [.. tools.Select(SignatureOf)] };
    }

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
