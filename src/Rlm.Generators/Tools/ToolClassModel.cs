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
/// <param name="Limits">What it may do, and how often and how long.</param>
internal sealed record ToolModel(
    string Name,
    string Description,
    string ClassName,
    string Method,
    bool IsStatic,
    bool IsAwaited,
    EquatableArray<ToolParameterModel> Parameters,
    HostType Result,
    ToolLimits Limits)
{
    /// <summary>The parameters that programs see.</summary>
    public IEnumerable<ToolParameterModel> Arguments => Parameters.Where(parameter => parameter.Type is not null);
}

/// <summary>What a tool may do, and how often and how long.</summary>
/// <param name="Writes">Whether a call changes something.</param>
/// <param name="MaxCalls">Most calls of a run; null for no limit.</param>
/// <param name="TimeoutSeconds">Most seconds of a call; null for no limit.</param>
internal sealed record ToolLimits(bool Writes, int? MaxCalls, double? TimeoutSeconds);

/// <summary>A parameter of a tool's method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null for the cancellation token.</param>
/// <param name="Default">The default value in C#; null where there is none.</param>
/// <param name="Description">What it is, by the method's comment; null where that does not say.</param>
internal sealed record ToolParameterModel(string Name, HostType? Type, string? Default, string? Description)
{
    /// <summary>The language's type, without the mark of what may be none: none may go to every parameter that has a type for it.</summary>
    public string Notation => Type?.Required.Notation ?? "";
}
