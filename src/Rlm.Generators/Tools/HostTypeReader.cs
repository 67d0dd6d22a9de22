using Microsoft.CodeAnalysis;
using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>Finds the language's counterpart of a C# type.</summary>
/// <param name="isMade">Whether C# values are made of the language's, and not the other way round.</param>
internal sealed class HostTypeReader(bool isMade)
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

        if (type.TypeKind == TypeKind.Enum)
            return ReadLabels((INamedTypeSymbol)type, name);

        if (EntryOf(type) is { } entry)
            return ReadDictionary(type, name, entry);

        if (ItemOf(type) is { } item)
        {
            bool isArray = type is IArrayTypeSymbol;
            return Read(item) is not { } read ? null
                : isMade && !isArray && !TakesList(type)
                    ? Fail<ListHostType>($"a list cannot be handed over as `{type.ToDisplayString(CSharpNames.Short)}`; take an `IReadOnlyList`")
                : new ListHostType(name, read, isArray, type.IsReferenceType);
        }

        return ReadRecord(type, name);
    }

    private LabelHostType? ReadLabels(INamedTypeSymbol type, string name)
    {
        // Of two names of one value, `ToString` would give either.
        var members = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue)
            .GroupBy(field => field.ConstantValue).Select(field => field.First().Name).ToList();
        return CSharpNames.Has(type, "System.FlagsAttribute") ? Fail<LabelHostType>($"`{type.Name}` is a set of flags")
            : members.Count == 0 ? Fail<LabelHostType>($"`{type.Name}` has no member")
            : IsHidden(type) is { } hidden ? Fail<LabelHostType>(hidden)
            : new LabelHostType(name, new EquatableArray<string>(members));
    }

    private DictionaryHostType? ReadDictionary(ITypeSymbol type, string name, (ITypeSymbol Key, ITypeSymbol Value) entry)
    {
        if (Read(entry.Key) is not { } key || Read(entry.Value) is not { } value)
            return null;

        return key is not (ScalarHostType or LabelHostType)
                ? Fail<DictionaryHostType>($"the keys of `{type.ToDisplayString(CSharpNames.Short)}` are not single values")
            : isMade && !TakesDictionary(type)
                ? Fail<DictionaryHostType>($"rows cannot be handed over as `{type.ToDisplayString(CSharpNames.Short)}`; take an `IReadOnlyDictionary`")
            : new DictionaryHostType(name, key, value, type.IsReferenceType);
    }

    private RecordHostType? ReadRecord(ITypeSymbol type, string name)
    {
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
            return ReadTuple(tuple, name);

        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsAnonymousType: false }
            || IsOfSystem(type))
        {
            return Fail<RecordHostType>($"`{type.ToDisplayString(CSharpNames.Short)}` has no counterpart in the language");
        }

        if (IsHidden(type) is { } hidden)
            return Fail<RecordHostType>(hidden);

        if (_open.Contains(type, SymbolEqualityComparer.Default))
            return Fail<RecordHostType>($"`{type.Name}` holds itself");

        _open.Push(type);
        var properties = new List<HostProperty>();
        var symbols = PropertiesOf(type).ToList();
        var creation = isMade ? HostCreationReader.Read((INamedTypeSymbol)type, ref symbols) : null;
        if (isMade && creation is null)
            return Fail<RecordHostType>($"`{type.ToDisplayString(CSharpNames.Short)}` has no constructor that takes its properties, and none that can be assigned");

        foreach (var property in symbols)
        {
            if (Read(property.Type) is not { } read)
            {
                Reason = $"{Reason} (in `{type.Name}.{property.Name}`)";
                return null;
            }

            string field = ProgramNames.CamelCase(property.Name);
            if (properties.Any(other => other.Field == field))
                return Fail<RecordHostType>($"two properties of `{type.Name}` are the field `{field}`");
            properties.Add(new HostProperty(CSharpNames.Escape(property.Name), field, read));
        }

        _open.Pop();
        return properties.Count == 0
            ? Fail<RecordHostType>($"`{type.ToDisplayString(CSharpNames.Short)}` has no public property that can be read")
            : new RecordHostType(name, new EquatableArray<HostProperty>(properties), creation, type.IsReferenceType);
    }

    private RecordHostType? ReadTuple(INamedTypeSymbol type, string name)
    {
        var properties = new List<HostProperty>();
        foreach (var element in type.TupleElements)
        {
            if (Read(element.Type) is not { } read)
                return null;
            properties.Add(new HostProperty(CSharpNames.Escape(element.Name), ProgramNames.CamelCase(element.Name), read));
        }

        var places = new EquatableArray<int>(Enumerable.Range(0, properties.Count));
        return new RecordHostType(
            name, new EquatableArray<HostProperty>(properties), new HostCreation(places, default, IsTuple: true), IsReference: false);
    }

    private T? Fail<T>(string reason)
        where T : HostType
    {
        Reason = reason;
        return null;
    }

    /// <summary>Why generated code cannot name the type; null where it can.</summary>
    private static string? IsHidden(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsFileLocal: true } ? $"`{type.Name}` is local to its file"
        : ContainersOf(type).Any(level => level.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            ? $"`{type.Name}` is neither public nor internal"
        : null;

    private static IEnumerable<ITypeSymbol> ContainersOf(ITypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
            yield return type;
    }

    private static ScalarKind? ScalarOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => ScalarKind.Text,
        SpecialType.System_Char => ScalarKind.Char,
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
            "System.TimeSpan" => ScalarKind.TimeSpan,
            "System.Guid" => ScalarKind.Guid,
            "System.Uri" => ScalarKind.Uri,
            _ => null,
        },
    };

    /// <summary>The key and the value of a dictionary; null for anything else.</summary>
    private static (ITypeSymbol Key, ITypeSymbol Value)? EntryOf(ITypeSymbol type) => type is INamedTypeSymbol named
        && named.AllInterfaces.Prepend(named).FirstOrDefault(candidate => candidate.OriginalDefinition.ToDisplayString()
            is "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>" or "System.Collections.Generic.IDictionary<TKey, TValue>")
            is { TypeArguments: [var key, var value] }
        ? (key, value)
        : null;

    private static bool TakesDictionary(ITypeSymbol type) => type.OriginalDefinition.ToDisplayString()
        is "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>" or "System.Collections.Generic.IDictionary<TKey, TValue>"
        or "System.Collections.Generic.Dictionary<TKey, TValue>";

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
        return type.SpecialType != SpecialType.None || space?.Name is "System" or "Microsoft"
            || type.ContainingAssembly?.Name is "Rlm.Runtime" or "Rlm.Dsl";
    }
}
