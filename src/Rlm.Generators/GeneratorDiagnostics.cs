using static Rlm.DiagnosticSeverity;

namespace Rlm.Generators;

/// <summary>
/// Every diagnostic of the generators besides those of the language. <c>docs/generator-diagnostics.md</c> is made from this table.
/// </summary>
/// <remarks>An example is the C# that has it, inside a file that imports the library and holds nothing else.</remarks>
internal static class GeneratorDiagnostics
{
    /// <summary>A type whose code is generated in part, or one around it, is not partial.</summary>
    public static readonly DiagnosticDescriptor NotPartial = new("RLM9001", "type that is not partial", Error,
        "[RlmTools] public class Crm { [RlmTool(\"Counts.\")] public int Size() => 1; }",
        "Declare the type, and every type around it, `partial`.");

    /// <summary>A tool's parameter has no counterpart in the language.</summary>
    public static readonly DiagnosticDescriptor UnsupportedParameter = new("RLM9002", "tool parameter of an unsupported type", Error,
        "[RlmTools] public partial class Crm { [RlmTool(\"Counts.\")] public int Size(Func<int> place) => 1; }",
        "Take text, numbers, bools, dates, durations, enums, types with public properties of these, dictionaries, or lists.");

    /// <summary>A tool's result has no counterpart in the language.</summary>
    public static readonly DiagnosticDescriptor UnsupportedResult = new("RLM9003", "tool result of an unsupported type", Error,
        "[RlmTools] public partial class Crm { [RlmTool(\"Resets.\")] public object Reset() => 1; }",
        "Return nothing, text, a number, a bool, a date, a duration, an enum, a type with public properties of these, a dictionary, or a list.");

    /// <summary>Two tools of a class have one name.</summary>
    public static readonly DiagnosticDescriptor DuplicateTool = new("RLM9004", "two tools of one name", Error,
        "[RlmTools] public partial class Crm { [RlmTool(\"By id.\")] public int Size(int id) => 1; [RlmTool(\"By name.\")] public int Size(string name) => 1; }",
        "Give one of them another `Name`.");

    /// <summary>A method cannot be a tool.</summary>
    public static readonly DiagnosticDescriptor UnsupportedMethod = new("RLM9005", "method that cannot be a tool", Error,
        "[RlmTools] public partial class Crm { [RlmTool(\"Counts.\")] private int Size() => 1; }",
        "Make it a public or internal method without type parameters, `ref`, `in` and `out`.");

    /// <summary>Programs cannot write a name.</summary>
    public static readonly DiagnosticDescriptor InvalidName = new("RLM9006", "name that programs cannot use", Error,
        "[RlmTools] public partial class Crm { [RlmTool(\"Counts.\", Name = \"count\")] public int Size() => 1; }",
        "Take a letter, then letters, digits and `_`, and no word or function of the language.");

    /// <summary>The class has a member called <c>Tools</c> already.</summary>
    public static readonly DiagnosticDescriptor ToolsTaken = new("RLM9007", "member that is in the way", Error,
        "[RlmTools] public partial class Crm { public int Tools => 1; [RlmTool(\"Counts.\")] public int Size() => 1; }",
        "Rename the member `Tools`.");

    /// <summary>A tool's class has no attribute, so that nothing is generated.</summary>
    public static readonly DiagnosticDescriptor StrayTool = new("RLM9008", "tool outside a class of tools", Warning,
        "public partial class Crm { [RlmTool(\"Counts.\")] public int Size() => 1; }",
        "Put `[RlmTools]` on the class.");

    /// <summary>A limit of a tool is none.</summary>
    public static readonly DiagnosticDescriptor InvalidLimit = new("RLM9009", "tool with a limit that no call keeps", Error,
        "[RlmTools] public partial class Crm { [RlmTool(\"Counts.\", MaxCalls = 0)] public int Size() => 1; }",
        "Give `MaxCalls` of at least 1, and `TimeoutSeconds` above 0.");

    /// <summary>A method cannot be a pipeline.</summary>
    public static readonly DiagnosticDescriptor PipelineForm = new("RLM9101", "method that cannot be a pipeline", Error,
        "public static partial class Reports { [RlmPipeline(\"context | lines | count\")] public static partial int Count(IChatClient model, TextSource context); }",
        "Write a partial method without a body that returns `Task<T>` or `ValueTask<T>`, and takes an `IChatClient` or an `RlmSession`, or has one in its class.");

    /// <summary>A pipeline's parameter means nothing to it.</summary>
    public static readonly DiagnosticDescriptor PipelineParameter = new("RLM9102", "pipeline parameter of an unsupported type", Error,
        "public static partial class Reports { [RlmPipeline(\"context | lines | count\")] public static partial Task<string> Count(IChatClient model, TextSource context, Func<int> lines); }",
        "Take `TextSource`, `string`, `IReadOnlyList<TextSource>`, numbers, dates, enums, records and lists of them, a class of tools, `RlmOptions` and `CancellationToken`.");

    /// <summary>A parameter's name cannot be a variable's.</summary>
    public static readonly DiagnosticDescriptor PipelineVariable = new("RLM9103", "parameter that cannot be a variable", Error,
        "public static partial class Reports { [RlmPipeline(\"answer 1\")] public static partial Task<string> Count(IChatClient model, TextSource it); }",
        "Rename the parameter: letters, digits and `_`, and no word of the language.");

    /// <summary>A program answers nothing.</summary>
    public static readonly DiagnosticDescriptor NoAnswer = new("RLM9104", "pipeline without an answer", Error,
        "public static partial class Reports { [RlmPipeline(\"let n = context | lines | count\")] public static partial Task<string> Count(IChatClient model, TextSource context); }",
        "End the program with `answer …` or with a pipeline.");

    /// <summary>The client of a class's pipelines is one of several.</summary>
    public static readonly DiagnosticDescriptor SeveralClients = new("RLM9105", "pipeline that may ask several clients", Error,
        "public partial class Reports(IChatClient cheap, IChatClient dear) { [RlmPipeline(\"context | lines | count\")] public partial Task<int> Count(TextSource context); }",
        "Keep one field or property of type `IChatClient` or `RlmSession`, or take the one to ask as a parameter.");

    /// <summary>A program is nowhere, in two places, or in a file that is not there.</summary>
    public static readonly DiagnosticDescriptor ProgramFile = new("RLM9106", "pipeline without a program to read", Error,
        "public static partial class Reports { [RlmPipeline(File = \"count.rlm\")] public static partial Task<int> Count(IChatClient model, TextSource context); }",
        "Write the program in the attribute, or name one file of the project's `AdditionalFiles`.");

    /// <summary>The answer can never be of the type that the method gives.</summary>
    public static readonly DiagnosticDescriptor WrongAnswer = new("RLM9107", "answer that is not of the method's type", Error,
        "public static partial class Reports { [RlmPipeline(\"context | lines | count\")] public static partial Task<DateOnly> Count(IChatClient model, TextSource context); }",
        "Answer with a value of the method's type, or give another type.");

    /// <summary>The whole table, in order of id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        NotPartial, UnsupportedParameter, UnsupportedResult, DuplicateTool, UnsupportedMethod, InvalidName, ToolsTaken, StrayTool, InvalidLimit,
        PipelineForm, PipelineParameter, PipelineVariable, NoAnswer, SeveralClients, ProgramFile, WrongAnswer,
    ];
}
