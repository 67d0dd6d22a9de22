using Microsoft.CodeAnalysis;
using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>Finds how a value of a record's type is made of its properties.</summary>
internal static class HostCreationReader
{
    /// <summary>
    /// By the constructor that takes most, each parameter a property of its name and type; null where there is none. Leaves the
    /// properties that a value is made of: what is computed of them is not given.
    /// </summary>
    public static HostCreation? Read(INamedTypeSymbol type, ref List<IPropertySymbol> properties)
    {
        var all = properties;
        if (type.IsAbstract || type.TypeKind == TypeKind.Interface)
            return null;

        foreach (var constructor in type.InstanceConstructors.Where(IsCallable).OrderByDescending(constructor => constructor.Parameters.Length))
        {
            var arguments = constructor.Parameters.Select(parameter => PlaceOf(parameter, all)).ToList();
            var assigned = Enumerable.Range(0, all.Count).Except(arguments).Where(place => IsAssignable(all[place])).ToList();
            if (arguments.Contains(-1) || IsLeftOut(type, all, arguments, assigned))
                continue;

            var given = arguments.Concat(assigned).OrderBy(place => place).ToList();
            properties = given.ConvertAll(place => all[place]);
            return new HostCreation(
                new EquatableArray<int>(arguments.Select(place => given.IndexOf(place))), new EquatableArray<int>(assigned.Select(place => given.IndexOf(place))), IsTuple: false);
        }

        return null;
    }

    private static int PlaceOf(IParameterSymbol parameter, List<IPropertySymbol> properties)
    {
        for (int i = 0; i < properties.Count; i++)
        {
            if (string.Equals(properties[i].Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(properties[i].Type, parameter.Type) && parameter.RefKind == RefKind.None)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether nothing would be given, or a member not that must be.</summary>
    private static bool IsLeftOut(
        INamedTypeSymbol type, List<IPropertySymbol> properties, List<int> arguments, List<int> assigned) =>
        arguments.Count + assigned.Count == 0
        || type.GetMembers().Any(member => member is IFieldSymbol { IsRequired: true }
            or IPropertySymbol { IsRequired: true, DeclaredAccessibility: not Accessibility.Public })
        || properties.Where((property, place) => property.IsRequired && !assigned.Contains(place)).Any();

    private static bool IsCallable(IMethodSymbol constructor) =>
        constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static bool IsAssignable(IPropertySymbol property) => property.SetMethod is { DeclaredAccessibility: Accessibility.Public };
}
