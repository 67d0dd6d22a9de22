using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Rlm.Generators.Support;
using Rlm.Generators.Tools;

namespace Rlm.Generators.Pipelines;

/// <summary>Reads a pipeline's method.</summary>
internal sealed class PipelineReader
{
    private readonly IMethodSymbol _method;
    private readonly PipelineAttribute _attribute;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Finding> _findings = [];
    private readonly List<PipelineParameter> _parameters = [];
    private readonly List<ToolModel> _tools = [];
    private PipelineClient? _client;

    private PipelineReader(IMethodSymbol method, AttributeData attribute, CancellationToken cancellationToken)
    {
        _method = method;
        _attribute = new PipelineAttribute(attribute, cancellationToken);
        _cancellationToken = cancellationToken;
    }

    public static PipelineAnalysis Read(IMethodSymbol method, AttributeData attribute, CancellationToken cancellationToken)
    {
        var reader = new PipelineReader(method, attribute, cancellationToken);
        var model = reader.ReadMethod();
        return new PipelineAnalysis(
            model,
            model is null ? null : reader.ProgramOf(model),
            model is null ? null : reader._attribute.PlaceOf(model.Program),
            reader._attribute.FindFile(method),
            new EquatableArray<Finding>(reader._findings));
    }

    private PipelineModel? ReadMethod()
    {
        var type = PartialType.Read(_method.ContainingType, _findings);
        var result = PipelineResultReader.Read(_method.ReturnType, out string? why);
        if ((WhyNoPipeline() ?? why) is { } reason)
            Report(GeneratorDiagnostics.PipelineForm, $"`{_method.Name}` {reason}, so it cannot be a pipeline", _method);

        foreach (var parameter in _method.Parameters)
            ReadParameter(parameter);

        // Without its parameters a program would be reported for names that are there.
        if (_findings.Count > 0)
            return null;

        FindClient();
        if (_findings.Count == 0 && WhyNoParameters() is { } missing)
            Report(GeneratorDiagnostics.PipelineForm, $"`{_method.Name}` {missing}, so it cannot be a pipeline", _method);
        if (_findings.Count == 0 && _attribute.Fault is { } fault)
            Report(GeneratorDiagnostics.ProgramFile, $"`{_method.Name}` {fault}", _method);
        if (_findings.Count > 0)
            return null;

        _tools.AddRange(_attribute.Tools.SelectMany(tools => ToolReader.ReadTools(tools, _cancellationToken)));

        // A body even for a program with errors: its own diagnostics are enough, without one about the missing part.
        int overload = _method.ContainingType.GetMembers(_method.Name)
            .TakeWhile(member => !SymbolEqualityComparer.Default.Equals(member, _method)).Count();
        return new PipelineModel(type, HeaderOf(), _method.Name, overload, result!,
            new EquatableArray<PipelineParameter>(_parameters), _client, _attribute.Program ?? "");
    }

    /// <summary>What a session holds is what the attribute says of it.</summary>
    private PipelineProgram ProgramOf(PipelineModel model) => new(
        model.FileName,
        model.Program,
        new EquatableArray<ProgramVariable>(Takes(PipelineRole.Session)
            ? _attribute.SessionVariables
            : _parameters.Select(parameter => parameter.Variable).OfType<ProgramVariable>()),
        new EquatableArray<ToolModel>(_tools),
        model.Result.Type);

    private void FindClient()
    {
        if (Count(PipelineRole.Model) + Count(PipelineRole.Session) > 0)
            return;

        var members = PipelineClient.FindAll(_method);
        _client = members.Count > 0 ? members[0] : null;
        if (members.Count > 1)
            Report(GeneratorDiagnostics.SeveralClients,
                $"`{_method.Name}` may ask {string.Join(" or ", members.Select(member => $"`{member.Expression.Split('.').Last()}`"))}; take the one that it asks as a parameter", _method);
    }

    private void ReadParameter(IParameterSymbol parameter)
    {
        var reader = new HostTypeReader(isMade: false);
        var role = RoleOf(parameter.Type);
        var type = role is null ? reader.Read(parameter.Type) : null;
        if ((role is null && type is null) || parameter.RefKind != RefKind.None)
        {
            string named = parameter.ToDisplayString(CSharpNames.Short);
            Report(GeneratorDiagnostics.PipelineParameter,
                $"`{named}` means nothing to a pipeline{(reader.Reason is null ? "" : $", for {reader.Reason}")}; take `TextSource`, `string`, `IReadOnlyList<TextSource>`, another value, a class of tools, `RlmOptions` or `CancellationToken`",
                parameter);
            return;
        }

        if (role is PipelineRole.Text or PipelineRole.TextValue or PipelineRole.Documents or null
            && ProgramNames.WhyNoName(parameter.Name) is { } invalid)
            Report(GeneratorDiagnostics.PipelineVariable, $"programs cannot name the variable `{parameter.Name}`: {invalid}", parameter);

        bool isNullable = parameter.Type.NullableAnnotation == NullableAnnotation.Annotated;
        if (isNullable && role is not (PipelineRole.Options or PipelineRole.Cancellation or null))
            Report(GeneratorDiagnostics.PipelineParameter,
                $"`{parameter.Name}` may be null, and a pipeline needs it; take it without `?`", parameter);

        if (role == PipelineRole.Tools)
            _tools.AddRange(ToolReader.ReadTools((INamedTypeSymbol)parameter.Type, _cancellationToken));

        string before = _method.IsExtensionMethod && parameter.Ordinal == 0 ? "this " : parameter.IsParams ? "params " : "";
        string declaration = $"{before}{parameter.Type.ToDisplayString(CSharpNames.Qualified)} {CSharpNames.Escape(parameter.Name)}";
        _parameters.Add(new PipelineParameter(parameter.Name, declaration, role ?? PipelineRole.Value, isNullable, type));
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

    private string? WhyNoParameters() => (Count(PipelineRole.Model), Count(PipelineRole.Session)) switch
    {
        (0, 0) when _client is null =>
            $"takes neither an `IChatClient` nor an `RlmSession`, and `{_method.ContainingType.Name}` has no {(_method.IsStatic ? "static " : "")}field or property of one",
        ( > 0, > 0) or ( > 1, _) or (_, > 1) => "takes more than one `IChatClient` or `RlmSession`",
        _ when Takes(PipelineRole.Session) && _parameters.Any(parameter => parameter.Role is not (PipelineRole.Session or PipelineRole.Cancellation)) =>
            "takes an `RlmSession`, which has its own variables, tools and options, and others beside it",
        _ when !Takes(PipelineRole.Session) && _attribute.IsAboutSession =>
            "takes no `RlmSession` that `Texts`, `Documents` or `Tools` could be of",
        _ when Count(PipelineRole.Options) > 1 => "takes two `RlmOptions`",
        _ => Count(PipelineRole.Cancellation) > 1 ? "takes two `CancellationToken`s" : null,
    };

    private bool Takes(PipelineRole role) => Count(role) > 0 || _client?.Role == role;

    private int Count(PipelineRole role) => _parameters.Count(parameter => parameter.Role == role);

    private string HeaderOf()
    {
        string modifiers = SyntaxFacts.GetText(_method.DeclaredAccessibility) + (_method.IsStatic ? " static" : "");
        string returned = _method.ReturnType.ToDisplayString(CSharpNames.Qualified);
        return $"{modifiers} async partial {returned} {CSharpNames.Escape(_method.Name)}";
    }

    private void Report(DiagnosticDescriptor descriptor, string message, ISymbol place) =>
        _findings.Add(new Finding(descriptor, message, SourcePlace.Of(place)));

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
