using Microsoft.CodeAnalysis;
using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>Reads a class of tools. A method that cannot be a tool is reported and left out.</summary>
internal sealed class ToolReader
{
    private readonly INamedTypeSymbol _type;
    private readonly List<Finding> _findings = [];
    private readonly List<ToolModel> _tools = [];
    private readonly HashSet<string> _memberNames;

    private ToolReader(INamedTypeSymbol type)
    {
        _type = type;
        _memberNames = [.. BasesOf(type).Prepend(type).SelectMany(level => level.GetMembers()).Select(member => member.Name), type.Name,
            .. type.TypeParameters.Select(parameter => parameter.Name)];
    }

    public static Analysis<ToolClassModel> Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var reader = new ToolReader(type);
        var partial = PartialType.Read(type, reader._findings);
        if (type.GetMembers("Tools").FirstOrDefault() is { } taken)
            reader.Report(GeneratorDiagnostics.ToolsTaken, "`Tools` is what the tools are generated as; rename this member", taken);

        bool canGenerate = reader._findings.Count == 0;
        reader.ReadMethods(cancellationToken);
        // A base class that is generated too has no `Tools` yet.
        bool hidesTools = BasesOf(type).Any(level => CSharpNames.Has(level, RuntimeNames.ToolsAttribute)
            || level.GetMembers("Tools").Any(member => member.DeclaredAccessibility != Accessibility.Private));
        var model = canGenerate
            ? new ToolClassModel(partial, type.IsStatic, hidesTools, new EquatableArray<ToolModel>(reader._tools))
            : null;
        return new Analysis<ToolClassModel>(model, new EquatableArray<Finding>(reader._findings));
    }

    /// <summary>The tools of a class, of this compilation or another, as far as they have no errors.</summary>
    public static IReadOnlyList<ToolModel> ReadTools(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var reader = new ToolReader(type);
        reader.ReadMethods(cancellationToken);
        return reader._tools;
    }

    private void ReadMethods(CancellationToken cancellationToken)
    {
        foreach (var method in _type.GetMembers().OfType<IMethodSymbol>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (CSharpNames.Find(method, RuntimeNames.ToolAttribute) is { } attribute
                && ReadMethod(method, attribute, cancellationToken) is { } tool)
                _tools.Add(tool);
        }
    }

    private ToolModel? ReadMethod(IMethodSymbol method, AttributeData attribute, CancellationToken cancellationToken)
    {
        int findings = _findings.Count;
        if (WhyNoTool(method) is { } reason)
        {
            Report(GeneratorDiagnostics.UnsupportedMethod, $"`{method.Name}` {reason}, so it cannot be a tool", method);
            return null;
        }

        string name = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Name").Value.Value as string
            ?? ProgramNames.SnakeCase(method.Name);
        if (ProgramNames.WhyNoTool(name) is { } invalid)
            Report(GeneratorDiagnostics.InvalidName,
                $"programs cannot call a tool `{name}`: {invalid}; give another with `Name = \"…\"`", method);
        else if (_tools.FirstOrDefault(other => other.Name == name) is { } other)
            Report(GeneratorDiagnostics.DuplicateTool,
                $"`{other.Method}` is the tool `{name}` already; give another with `Name = \"…\"`", method);

        var comment = DocComment.Of(method, cancellationToken);
        var parameters = method.Parameters.Select(parameter => ReadParameter(parameter, comment)).ToList();
        var (returned, isAwaited) = ResultOf(method.ReturnType);
        var reader = new HostTypeReader(isMade: false);
        var result = returned is null ? new NothingHostType() : reader.Read(returned);
        if (result is null)
            Report(GeneratorDiagnostics.UnsupportedResult, $"`{method.Name}` has no result that a program could use: {reader.Reason}", method);

        if (_findings.Count > findings)
            return null;

        string description = attribute.ConstructorArguments is [{ Value: string text }] ? DocComment.Fold(text) : comment.Summary ?? "";
        return new ToolModel(name, description, ClassNameOf(method), CSharpNames.Escape(method.Name), method.IsStatic, isAwaited,
            new EquatableArray<ToolParameterModel>(parameters!), result!, ReadLimits(method, attribute));
    }

    private ToolLimits ReadLimits(IMethodSymbol method, AttributeData attribute)
    {
        var named = attribute.NamedArguments.ToDictionary(argument => argument.Key, argument => argument.Value.Value);
        var limits = new ToolLimits(
            Writes: named.TryGetValue("Effect", out object? effect) && effect is 1,
            MaxCalls: named.TryGetValue("MaxCalls", out object? calls) ? (int)calls! : null,
            TimeoutSeconds: named.TryGetValue("TimeoutSeconds", out object? seconds) ? (double)seconds! : null);
        if (limits is { MaxCalls: < 1 } or { TimeoutSeconds: not (> 0 and < 1_000_000) and not null })
            Report(GeneratorDiagnostics.InvalidLimit, $"`{method.Name}` has a limit that no call keeps; `MaxCalls` is at least 1, `TimeoutSeconds` above 0 and below a million", method);
        return limits;
    }

    private ToolParameterModel? ReadParameter(IParameterSymbol parameter, DocComment comment)
    {
        if (parameter.Type.ToDisplayString() == RuntimeNames.CancellationToken)
            return new ToolParameterModel(parameter.Name, null, null, null);

        if (ProgramNames.WhyNoName(parameter.Name) is { } invalid)
            Report(GeneratorDiagnostics.InvalidName, $"programs cannot name the parameter `{parameter.Name}`: {invalid}", parameter);

        var reader = new HostTypeReader(isMade: true);
        var type = reader.Read(parameter.Type);
        if (type is null)
        {
            Report(GeneratorDiagnostics.UnsupportedParameter, $"`{parameter.Name}` cannot be given by a program: {reader.Reason}", parameter);
            return null;
        }

        return new ToolParameterModel(
            parameter.Name, type, parameter.HasExplicitDefaultValue ? DefaultOf(parameter, type) : null, comment.FindParameter(parameter.Name));
    }

    private string ClassNameOf(IMethodSymbol method)
    {
        string stem = ProgramNames.WithoutAsync(method.Name) + "Tool", name = stem;
        for (int i = 2; !_memberNames.Add(name); i++)
            name = stem + i;
        return name;
    }

    private void Report(DiagnosticDescriptor descriptor, string message, ISymbol place) =>
        _findings.Add(new Finding(descriptor, message, SourcePlace.Of(place)));

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (var level = type.BaseType; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
            yield return level;
    }

    private static string? WhyNoTool(IMethodSymbol method) => method switch
    {
        { MethodKind: not MethodKind.Ordinary } => "is not an ordinary method",
        { IsGenericMethod: true } => "has type parameters",
        { DeclaredAccessibility: not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal) } =>
            "is not public or internal",
        { RefKind: not RefKind.None } => "returns a reference",
        _ when method.Parameters.Any(parameter => parameter.RefKind != RefKind.None) => "takes a reference",
        _ => null,
    };

    private static (ITypeSymbol? Result, bool IsAwaited) ResultOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Void } => (null, false),
        _ when type.ToDisplayString() is "System.Threading.Tasks.Task" or "System.Threading.Tasks.ValueTask" => (null, true),
        INamedTypeSymbol { TypeArguments: [var result] } when type.OriginalDefinition.ToDisplayString()
            is "System.Threading.Tasks.Task<TResult>" or "System.Threading.Tasks.ValueTask<TResult>" => (result, true),
        _ => (type, false),
    };

    private static string DefaultOf(IParameterSymbol parameter, HostType type)
    {
        string name = type.Required.Name;
        return parameter.ExplicitDefaultValue switch
        {
            null => type is OptionalHostType ? "null" : "default!",
            string text => CSharpNames.Literal(text),
            char character => $"'\\u{(int)character:x4}'",
            bool value => value ? "true" : "false",
            decimal value => Invariant($"{value}m"),
            double value => WriteNotFinite("double", double.IsNaN(value), double.IsInfinity(value), value > 0) ?? Invariant($"{value:R}d"),
            float value => WriteNotFinite("float", float.IsNaN(value), float.IsInfinity(value), value > 0) ?? Invariant($"{value:R}f"),
            int value when name == "int" => Invariant($"{value}"),
            IFormattable value => $"({name})({value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)})",
            _ => "default!",
        };
    }

    private static string? WriteNotFinite(string type, bool isNaN, bool isInfinite, bool isPositive) =>
        isNaN ? $"{type}.NaN" : !isInfinite ? null : isPositive ? $"{type}.PositiveInfinity" : $"{type}.NegativeInfinity";
}
