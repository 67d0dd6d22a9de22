using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Generators.Support;

namespace Rlm.Generators.Pipelines;

/// <summary>What <c>[RlmPipeline]</c> says.</summary>
internal sealed class PipelineAttribute(AttributeData attribute, CancellationToken cancellationToken)
{
    /// <summary>The program; null where a file has it.</summary>
    public string? Program => attribute.ConstructorArguments is [{ Value: string program }] ? program : null;

    /// <summary>The classes of tools that a session has.</summary>
    public IEnumerable<INamedTypeSymbol> Tools => Values("Tools").OfType<INamedTypeSymbol>();

    /// <summary>Whether it says what a session has.</summary>
    public bool IsAboutSession => attribute.NamedArguments.Any(argument => argument.Key is "Texts" or "Documents" or "Tools");

    /// <summary>The variables of a session: a text <c>context</c> where nothing says others.</summary>
    public IEnumerable<ProgramVariable> SessionVariables
    {
        get
        {
            var documents = Values("Documents").OfType<string>().Select(name => new ProgramVariable(name, null)).ToList();
            var texts = attribute.NamedArguments.Any(argument => argument.Key == "Texts") || documents.Count > 0
                ? Values("Texts").OfType<string>()
                : ["context"];
            return texts.Select(name => new ProgramVariable(name, "text")).Concat(documents);
        }
    }

    /// <summary>What is wrong with where the program is, as the rest of a sentence; null where nothing is.</summary>
    public string? Fault => (Program, File) switch
    {
        (null, null) => "has no program; write it, or name its file with `File`",
        (not null, not null) => "has a program and a file; keep one of them",
        _ when SessionVariables.GroupBy(variable => variable.Name).FirstOrDefault(group => group.Count() > 1) is { } twice =>
            $"has the variable `{twice.Key}` twice",
        _ when SessionVariables.Select(variable => (variable.Name, ProgramNames.WhyNoName(variable.Name)))
            .FirstOrDefault(variable => variable.Item2 is not null) is { Item2: not null } invalid =>
            $"cannot have a variable `{invalid.Name}`: {invalid.Item2}",
        _ => null,
    };

    private string? File => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "File").Value.Value as string;

    private AttributeSyntax? Syntax => attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;

    /// <summary>The file that has the program; null where the attribute has it.</summary>
    public ProgramFileName? FindFile(IMethodSymbol method) =>
        File is { } file && (ArgumentOf("File") is { } argument ? SourcePlace.Of(argument.SyntaxTree, argument.Span) : SourcePlace.Of(method)) is { } place
            ? new ProgramFileName(file, place)
            : null;

    /// <summary>Where the program stands in C#; null where it does not.</summary>
    public ProgramPlace? PlaceOf(string program) => Program is not null && ArgumentOf(null) is { } expression ? ProgramLiteral.Of(expression, program) : null;

    private ExpressionSyntax? ArgumentOf(string? name) =>
        Syntax?.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.Text == name)?.Expression;

    private IEnumerable<object?> Values(string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value
        is { Kind: TypedConstantKind.Array, IsNull: false } array ? array.Values.Select(value => value.Value) : [];
}
