using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>A class of tools.</summary>
/// <param name="Type">The class.</param>
/// <param name="IsStatic">Whether it is static.</param>
/// <param name="HidesTools">Whether it inherits a member <c>Tools</c>.</param>
/// <param name="Tools">The tools in order.</param>
internal sealed record ToolClassModel(PartialType Type, bool IsStatic, bool HidesTools, EquatableArray<ToolModel> Tools);

/// <summary>A tool.</summary>
/// <param name="Name">The name in programs.</param>
/// <param name="Description">What it does, in one line.</param>
/// <param name="ClassName">The generated class.</param>
/// <param name="Method">The method, as C# writes it.</param>
/// <param name="IsStatic">Whether the method is static.</param>
/// <param name="IsAwaited">Whether it returns a task.</param>
/// <param name="Parameters">The method's parameters, the cancellation token among them.</param>
/// <param name="Result">The type of the result, of the task's where it returns one.</param>
internal sealed record ToolModel(
    string Name,
    string Description,
    string ClassName,
    string Method,
    bool IsStatic,
    bool IsAwaited,
    EquatableArray<ToolParameterModel> Parameters,
    HostType Result)
{
    /// <summary>The parameters that programs see.</summary>
    public IEnumerable<ToolParameterModel> Arguments => Parameters.Where(parameter => parameter.Type is not null);
}

/// <summary>A parameter of a tool's method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null for the cancellation token.</param>
/// <param name="Default">The default value in C#; null where there is none.</param>
internal sealed record ToolParameterModel(string Name, HostType? Type, string? Default)
{
    /// <summary>The language's type, without the mark of what may be none: none may go to every parameter that has a type for it.</summary>
    public string Notation => ((Type as OptionalHostType)?.Inner ?? Type)?.Notation ?? "";
}
