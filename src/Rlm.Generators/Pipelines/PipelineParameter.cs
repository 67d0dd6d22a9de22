namespace Rlm.Generators.Pipelines;

/// <summary>A parameter of a pipeline's method.</summary>
/// <param name="Name">Its name, which is that of the variable where it is one.</param>
/// <param name="Declaration">Type and name as C# writes them, with <c>this</c> where it is there.</param>
/// <param name="Role">What it is for.</param>
/// <param name="IsNullable">Whether null may come.</param>
internal sealed record PipelineParameter(string Name, string Declaration, PipelineRole Role, bool IsNullable)
{
    /// <summary>Whether programs see it.</summary>
    public bool IsVariable => Role is PipelineRole.Text or PipelineRole.TextValue or PipelineRole.Documents;
}
