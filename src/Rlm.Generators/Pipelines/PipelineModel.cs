using Rlm.Generators.Support;

namespace Rlm.Generators.Pipelines;

/// <summary>A partial method whose body runs a program.</summary>
/// <param name="Type">The type that the method is in.</param>
/// <param name="Header">The declaration up to the parameters.</param>
/// <param name="Name">The method's name.</param>
/// <param name="Overload">Its place among the methods of its name, from 0.</param>
/// <param name="Result">What it gives.</param>
/// <param name="Parameters">The parameters in order.</param>
/// <param name="Client">The member of its class that asks the model, where no parameter does.</param>
/// <param name="Program">The program.</param>
internal sealed record PipelineModel(
    PartialType Type,
    string Header,
    string Name,
    int Overload,
    PipelineResult Result,
    EquatableArray<PipelineParameter> Parameters,
    PipelineClient? Client,
    string Program)
{
    /// <summary>The name of the file that it is generated as.</summary>
    public string FileName => $"{Type.HintName}.{Name}{(Overload == 0 ? "" : $".{Overload}")}.Pipeline.g.cs";

    /// <summary>The C# expression of what has the role; null where nothing does.</summary>
    public string? ExpressionOf(PipelineRole role) =>
        Parameters.FirstOrDefault(parameter => parameter.Role == role) is { } given ? CSharpNames.Escape(given.Name)
        : Client?.Role == role ? Client.Expression
        : null;
}
