using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Generators.Support;
using Rlm.Generators.Tools;

namespace Rlm.Generators.Pipelines;

/// <summary>Reads a pipeline's method and checks its program.</summary>
internal sealed class PipelineReader
{
    private readonly IMethodSymbol _method;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Finding> _findings = [];
    private readonly List<PipelineParameter> _parameters = [];
    private readonly List<ToolModel> _tools = [];

    private PipelineReader(IMethodSymbol method, CancellationToken cancellationToken)
    {
        _method = method;
        _cancellationToken = cancellationToken;
    }

    public static PipelineAnalysis Read(IMethodSymbol method, AttributeData attribute, CancellationToken cancellationToken)
    {
        var reader = new PipelineReader(method, cancellationToken);
        var model = reader.ReadMethod(attribute);
        return new PipelineAnalysis(
            model, model is null ? null : reader.ProgramOf(model),
            model is not null && reader.ProgramExpression(attribute) is { } expression ? ProgramLiteral.Of(expression, model.Program) : null,
            new EquatableArray<Finding>(reader._findings));
    }

    private PipelineModel? ReadMethod(AttributeData attribute)
    {
        var type = PartialType.Read(_method.ContainingType, _findings);
        string? result = ResultOf(_method.ReturnType);
        if ((WhyNoPipeline() ?? (result is null ? "returns neither `Task<string>` nor `Task<RlmResult>`" : null)) is { } reason)
            Report(GeneratorDiagnostics.PipelineForm, $"`{_method.Name}` {reason}, so it cannot be a pipeline", _method);

        foreach (var parameter in _method.Parameters)
            ReadParameter(parameter);

        // Without its parameters a program would be reported for names that are there.
        bool canGenerate = _findings.Count == 0;
        if (canGenerate && WhyNoParameters() is { } missing)
        {
            Report(GeneratorDiagnostics.PipelineForm, $"`{_method.Name}` {missing}, so it cannot be a pipeline", _method);
            canGenerate = false;
        }

        if (attribute.ConstructorArguments is not [{ Value: string program }] || !canGenerate)
            return null;

        // A body even for a program with errors: its own diagnostics are enough, without one about the missing part.
        int overload = _method.ContainingType.GetMembers(_method.Name)
            .TakeWhile(member => !SymbolEqualityComparer.Default.Equals(member, _method)).Count();
        return new PipelineModel(type, HeaderOf(), _method.Name, overload, result == RuntimeNames.Result,
            new EquatableArray<PipelineParameter>(_parameters), program);
    }

    /// <summary>What a session holds is not known before it runs, but for a text.</summary>
    private PipelineProgram ProgramOf(PipelineModel model) => new(
        model.FileName, model.Program,
        new EquatableArray<ProgramVariable>(Count(PipelineRole.Session) > 0
            ? [new ProgramVariable("context", "text")]
            : _parameters.Where(parameter => parameter.IsVariable).Select(
                parameter => new ProgramVariable(parameter.Name, parameter.Role == PipelineRole.Documents ? null : "text"))),
        new EquatableArray<ToolModel>(_tools));

    private void ReadParameter(IParameterSymbol parameter)
    {
        var role = RoleOf(parameter.Type);
        if (role is null || parameter.RefKind != RefKind.None || parameter.IsParams)
        {
            string type = parameter.ToDisplayString(CSharpNames.Short);
            Report(GeneratorDiagnostics.PipelineParameter,
                $"`{type}` means nothing to a pipeline; take `TextSource`, `string`, `IReadOnlyList<TextSource>`, a class of tools, `RlmOptions` or `CancellationToken`",
                parameter);
            return;
        }

        if (role is PipelineRole.Text or PipelineRole.TextValue or PipelineRole.Documents
            && ProgramNames.WhyNoName(parameter.Name) is { } invalid)
            Report(GeneratorDiagnostics.PipelineVariable, $"programs cannot name the variable `{parameter.Name}`: {invalid}", parameter);

        bool isNullable = parameter.Type.NullableAnnotation == NullableAnnotation.Annotated;
        if (isNullable && role is not (PipelineRole.Options or PipelineRole.Cancellation))
            Report(GeneratorDiagnostics.PipelineParameter,
                $"`{parameter.Name}` may be null, and a pipeline needs it; take it without `?`", parameter);

        if (role == PipelineRole.Tools)
            _tools.AddRange(ToolReader.ReadTools((INamedTypeSymbol)parameter.Type, _cancellationToken));

        bool isExtended = _method.IsExtensionMethod && parameter.Ordinal == 0;
        string declaration =
            $"{(isExtended ? "this " : "")}{parameter.Type.ToDisplayString(CSharpNames.Qualified)} {CSharpNames.Escape(parameter.Name)}";
        _parameters.Add(new PipelineParameter(parameter.Name, declaration, role.Value, isNullable));
    }

    private string? WhyNoPipeline() => _method switch
    {
        { IsPartialDefinition: false } => "is not partial",
        { PartialImplementationPart: not null } => "has a body already",
        { IsGenericMethod: true } => "has type parameters",
        { IsVirtual: true } or { IsOverride: true } or { IsSealed: true } => "takes part in inheritance",
        { ContainingType.TypeKind: TypeKind.Interface } => "is in an interface",
        _ => null,
    };

    private string? WhyNoParameters()
    {
        int models = Count(PipelineRole.Model), sessions = Count(PipelineRole.Session);
        return (models, sessions) switch
        {
            (0, 0) => "takes neither an `IChatClient` nor an `RlmSession`",
            (1, 0) when Count(PipelineRole.Options) > 1 => "takes two `RlmOptions`",
            (0, 1) when _parameters.Any(parameter => parameter.Role is not (PipelineRole.Session or PipelineRole.Cancellation)) =>
                "takes an `RlmSession`, which has its own variables, tools and options, and others beside it",
            (1, 0) or (0, 1) => Count(PipelineRole.Cancellation) > 1 ? "takes two `CancellationToken`s" : null,
            _ => "takes more than one `IChatClient` or `RlmSession`",
        };
    }

    private int Count(PipelineRole role) => _parameters.Count(parameter => parameter.Role == role);

    private string HeaderOf()
    {
        string modifiers = SyntaxFacts.GetText(_method.DeclaredAccessibility) + (_method.IsStatic ? " static" : "");
        string returned = _method.ReturnType.ToDisplayString(CSharpNames.Qualified);
        return $"{modifiers} async partial {returned} {CSharpNames.Escape(_method.Name)}";
    }

    private ExpressionSyntax? ProgramExpression(AttributeData attribute) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax(_cancellationToken) as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals is null)?.Expression;

    private void Report(DiagnosticDescriptor descriptor, string message, ISymbol place) =>
        _findings.Add(new Finding(descriptor, message, SourcePlace.Of(place)));

    private static string? ResultOf(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: [var result] }
            && type.OriginalDefinition.ToDisplayString() == "System.Threading.Tasks.Task<TResult>"
        && result.ToDisplayString() is "string" or RuntimeNames.Result
            ? result.ToDisplayString()
            : null;

    private static PipelineRole? RoleOf(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString() switch
    {
        RuntimeNames.ChatClient => PipelineRole.Model,
        RuntimeNames.Session => PipelineRole.Session,
        RuntimeNames.TextSource => PipelineRole.Text,
        "string" => PipelineRole.TextValue,
        $"System.Collections.Generic.IReadOnlyList<{RuntimeNames.TextSource}>" => PipelineRole.Documents,
        RuntimeNames.Options => PipelineRole.Options,
        RuntimeNames.CancellationToken => PipelineRole.Cancellation,
        _ => type is INamedTypeSymbol && CSharpNames.Has(type, RuntimeNames.ToolsAttribute) ? PipelineRole.Tools : null,
    };
}
