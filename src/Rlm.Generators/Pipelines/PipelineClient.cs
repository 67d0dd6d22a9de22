using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Generators.Support;

namespace Rlm.Generators.Pipelines;

/// <summary>The member of a class whose client or session its pipelines use.</summary>
/// <param name="Expression">The member, as C# writes it.</param>
/// <param name="Role">Whether it is a model or a session.</param>
internal sealed record PipelineClient(string Expression, PipelineRole Role)
{
    /// <summary>The fields and properties that may be it, and a parameter of the class's own constructor; a private one of a base is none.</summary>
    public static IReadOnlyList<PipelineClient> FindAll(IMethodSymbol method)
    {
        var found = new List<PipelineClient>();
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers().Where(member => !member.IsImplicitlyDeclared && (member.IsStatic || !method.IsStatic)
                && (member.DeclaredAccessibility != Accessibility.Private || SymbolEqualityComparer.Default.Equals(type, method.ContainingType))))
            {
                var role = member switch
                {
                    IFieldSymbol field => RoleOf(field.Type),
                    IPropertySymbol { IsIndexer: false, GetMethod: not null } property => RoleOf(property.Type),
                    _ => null,
                };
                string target = member.IsStatic ? type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) : "this";
                if (role is { } known)
                    found.Add(new PipelineClient($"{target}.{CSharpNames.Escape(member.Name)}", known));
            }
        }

        return found.Count > 0 || method.IsStatic ? found : [.. ParametersOf(method.ContainingType)];
    }

    /// <summary>Whether a type is a client or a session; null for any other.</summary>
    public static PipelineRole? RoleOf(ITypeSymbol type) =>
        type.NullableAnnotation == NullableAnnotation.Annotated ? null
        : type.ToDisplayString() == RuntimeNames.Session ? PipelineRole.Session
        : type.AllInterfaces.Append(type).Any(candidate => candidate.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString() == RuntimeNames.ChatClient)
            ? PipelineRole.Model
            : null;

    private static IEnumerable<PipelineClient> ParametersOf(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(constructor => constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax))
        .SelectMany(constructor => constructor.Parameters)
        .Where(parameter => RoleOf(parameter.Type) is not null)
        .Select(parameter => new PipelineClient(CSharpNames.Escape(parameter.Name), RoleOf(parameter.Type)!.Value));
}
