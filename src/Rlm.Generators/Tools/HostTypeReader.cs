using Microsoft.CodeAnalysis;
using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>Finds the language's counterpart of a C# type.</summary>
internal sealed class HostTypeReader
{
    private readonly Stack<ITypeSymbol> _open = new();

    /// <summary>Why there is none, as the rest of a sentence; null where there is one.</summary>
    public string? Reason { get; private set; }

    /// <summary>The counterpart, or null with a <see cref="Reason"/>.</summary>
    public HostType? Read(ITypeSymbol type)
    {
        string name = type.ToDisplayString(CSharpNames.Qualified);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Read(nullable.TypeArguments[0]) is { } value ? new OptionalHostType(name, value) : null;

        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
            return Read(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)) is { } inner
                ? new OptionalHostType(name, inner)
                : null;

        if (ScalarOf(type) is { } kind)
            return new ScalarHostType(name, kind);

        if (ItemOf(type) is { } item)
        {
            bool isArray = type is IArrayTypeSymbol;
            return Read(item) is { } read ? new ListHostType(name, read, isArray, isArray || TakesList(type), type.IsReferenceType) : null;
        }

        return ReadRecord(type, name);
    }

    private RecordHostType? ReadRecord(ITypeSymbol type, string name)
    {
        if (type is not INamedTypeSymbol
            {
                TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsTupleType: false,
                IsAnonymousType: false
            }
            || IsOfSystem(type))
        {
            return Fail($"`{type.ToDisplayString(CSharpNames.Short)}` has no counterpart in the language");
        }

        if (type is INamedTypeSymbol { IsFileLocal: true })
            return Fail($"`{type.Name}` is local to its file");

        if (_open.Contains(type, SymbolEqualityComparer.Default))
            return Fail($"`{type.Name}` holds itself");

        _open.Push(type);
        var properties = new List<HostProperty>();
        foreach (var property in PropertiesOf(type))
        {
            if (Read(property.Type) is not { } read)
            {
                Reason = $"{Reason} (in `{type.Name}.{property.Name}`)";
                return null;
            }

            string field = ProgramNames.CamelCase(property.Name);
            if (properties.Any(other => other.Field == field))
                return Fail($"two properties of `{type.Name}` are the field `{field}`");
            properties.Add(new HostProperty(CSharpNames.Escape(property.Name), field, read));
        }

        _open.Pop();
        return properties.Count == 0
            ? Fail($"`{type.ToDisplayString(CSharpNames.Short)}` has no public property that can be read")
            : new RecordHostType(name, new EquatableArray<HostProperty>(properties), type.IsReferenceType);
    }

    private RecordHostType? Fail(string reason)
    {
        Reason = reason;
        return null;
    }

    private static ScalarKind? ScalarOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => ScalarKind.Text,
        SpecialType.System_Boolean => ScalarKind.Bool,
        SpecialType.System_DateTime => ScalarKind.DateTime,
        SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => ScalarKind.Number,
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32
            or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 => ScalarKind.Whole,
        _ => type.ToDisplayString() switch
        {
            "System.DateOnly" => ScalarKind.DateOnly,
            "System.DateTimeOffset" => ScalarKind.DateTimeOffset,
            _ => null,
        },
    };

    private static ITypeSymbol? ItemOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        IArrayTypeSymbol => null,
        INamedTypeSymbol named => named.AllInterfaces.Prepend(named)
            .FirstOrDefault(candidate =>
                candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0],
        _ => null,
    };

    private static bool TakesList(ITypeSymbol type) => type.OriginalDefinition.SpecialType is
        SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_ICollection_T
        or SpecialType.System_Collections_Generic_IList_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
        or SpecialType.System_Collections_Generic_IReadOnlyList_T
        || type.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.List<T>";

    private static IEnumerable<IPropertySymbol> PropertiesOf(ITypeSymbol type)
    {
        var types = new Stack<ITypeSymbol>();
        for (var level = type; level is not null && level.SpecialType != SpecialType.System_Object; level = level.BaseType)
            types.Push(level);

        // Of a property and the one that hides it, the last is what a reader of the type means.
        var all = types.Concat(type.TypeKind == TypeKind.Interface ? type.AllInterfaces : Enumerable.Empty<ITypeSymbol>())
            .SelectMany(level => level.GetMembers().OfType<IPropertySymbol>())
            .Where(property => property is
            {
                IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public,
                GetMethod.DeclaredAccessibility: Accessibility.Public
            })
            .ToList();
        return all.Where((property, i) => !all.Skip(i + 1).Any(later => later.Name == property.Name));
    }

    private static bool IsOfSystem(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return type.SpecialType != SpecialType.None || space?.Name is "System" or "Microsoft";
    }
}
