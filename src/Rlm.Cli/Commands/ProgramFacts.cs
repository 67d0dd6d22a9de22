using Rlm.Cli.CommandLine;
using Rlm.Dsl;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Cli.Commands;

/// <summary>What a program needs, found out before anything is opened or asked.</summary>
internal static class ProgramFacts
{
    /// <summary>Compiles against a context that is one text, and the variables of the command line.</summary>
    public static RlmProgram Compile(string text, string name, IReadOnlyList<VariableArgument> variables)
    {
        var environment = BindingEnvironment.WithTextContext();
        var symbols = environment.Variables.ToDictionary();
        foreach (var variable in variables)
            symbols[variable.Name] = new VariableSymbol(variable.Name, RlmType.Text, null);
        return RlmProgram.Compile(new SourceText(text, name), environment with { Variables = symbols });
    }

    /// <summary>Whether a model is asked.</summary>
    public static bool IsPaid(BoundProgram program) => Pipelines(program).Any(pipeline => pipeline.IsPaid);

    /// <summary>Whether the host's <c>context</c> is read; a program without it need not wait for standard input.</summary>
    public static bool ReadsContext(BoundProgram program) => Expressions(program).SelectMany(BoundTree.Descendants)
        .Any(expression => expression is BoundVariable { Symbol: { Name: ContextArgument.DefaultName, Definition: null } });

    private static IEnumerable<BoundPipeline> Pipelines(BoundProgram program) => program.Statements.SelectMany(Whole)
        .Concat(Expressions(program).SelectMany(BoundTree.Descendants).OfType<BoundNested>().Select(nested => nested.Pipeline));

    private static IEnumerable<BoundExpression> Expressions(BoundProgram program) => program.Statements.SelectMany(Whole).SelectMany(BoundTree.Expressions)
        .Concat(program.Statements.OfType<BoundAssert>().SelectMany(assert => assert.Message is { } message ? [assert.Condition, message] : new[] { assert.Condition }));

    private static BoundPipeline[] Whole(BoundStatement statement) => statement switch
    {
        BoundLet { Symbol.Definition: { } definition } => [definition],
        BoundAnswer answer => [answer.Value],
        BoundShow show => [show.Value],
        _ => [],
    };
}
