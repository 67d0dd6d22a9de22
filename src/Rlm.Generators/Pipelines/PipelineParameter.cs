using Rlm.Generators.Tools;

namespace Rlm.Generators.Pipelines;

/// <summary>A parameter of a pipeline's method.</summary>
/// <param name="Name">Its name, which is that of the variable where it is one.</param>
/// <param name="Declaration">Type and name as C# writes them, with <c>this</c> where it is there.</param>
/// <param name="Role">What it is for.</param>
/// <param name="IsNullable">Whether null may come.</param>
/// <param name="Type">The type of a value; null for any other role.</param>
internal sealed record PipelineParameter(string Name, string Declaration, PipelineRole Role, bool IsNullable, HostType? Type)
{
    /// <summary>The variable that programs see; null where it is none.</summary>
    public ProgramVariable? Variable => Role switch
    {
        PipelineRole.Text or PipelineRole.TextValue => new ProgramVariable(Name, "text"),
        PipelineRole.Documents => new ProgramVariable(Name, null),
        PipelineRole.Value => new ProgramVariable(Name, Type!.Notation),
        _ => null,
    };
}
