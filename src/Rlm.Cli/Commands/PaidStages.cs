using Rlm.Dsl.Binding;

namespace Rlm.Cli.Commands;

/// <summary>Finds out whether a program asks a model.</summary>
internal static class PaidStages
{
    public static bool AreIn(BoundProgram? program) => program is not null && program.Statements.Any(statement => statement switch
    {
        BoundLet let => let.Symbol.Definition is { } definition && AreIn(definition),
        BoundAnswer answer => AreIn(answer.Value),
        BoundShow show => AreIn(show.Value),
        BoundAssert assert => AreIn(assert.Condition) || (assert.Message is { } message && AreIn(message)),
        _ => true,
    });

    private static bool AreIn(BoundPipeline pipeline) => pipeline.IsPaid || BoundTree.Expressions(pipeline).Any(AreIn);

    private static bool AreIn(BoundExpression expression) =>
        BoundTree.Descendants(expression).Any(child => child is BoundNested { Pipeline.IsPaid: true });
}
