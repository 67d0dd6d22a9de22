using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>Writes how C# values are read from JSON, and the class <c>RlmArguments</c> that does it.</summary>
internal sealed class ArgumentSource
{
    private const string Json = "global::System.Text.Json";
    private const string Element = Json + ".JsonElement";
    private const string Arguments = "global::System.Collections.Generic.IReadOnlyList<" + Element + "?>";

    private readonly HashSet<string> _used = [];
    private readonly List<HostType> _types = [];

    /// <summary>The C# expression of an argument.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="index">Its place among the arguments.</param>
    public string Of(ToolParameterModel parameter, int index)
    {
        string name = CSharpNames.Literal(parameter.Name);
        var type = parameter.Type!;
        if (type is not OptionalHostType && parameter.Default is null)
        {
            _used.Add("Required");
            return Read(type, $"RlmArguments.Required(arguments, {index}, {name})", name);
        }

        string local = $"argument{index + 1}";
        _used.Add("Find");
        return $"RlmArguments.Find(arguments, {index}) is {{ }} {local} ? {ReadPresent(type, local, name)} : {parameter.Default ?? "null"}";
    }

    /// <summary>The C# expression of a value that an element holds.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="element">The C# expression of the element.</param>
    /// <param name="name">The C# expression of what messages call it.</param>
    public string Read(HostType type, string element, string name)
    {
        if (type is not OptionalHostType)
            return ReadPresent(type, element, name);

        _used.Add("Present");
        return $"RlmArguments.Present({element}) is {{ }} present ? {ReadPresent(type, "present", name)} : null";
    }

    /// <summary>The class with what the expressions use, if they use anything.</summary>
    public void WriteClass(SourceWriter writer)
    {
        if (_used.Count == 0)
            return;

        var types = new SourceWriter(writer.Depth + 1);
        for (int i = 0; i < _types.Count; i++)
            WriteType(types, _types[i], i);
        writer.Line();
        writer.Block("file static class RlmArguments", () =>
        {
            bool isFirst = true;
            foreach (var (_, lines) in ArgumentReaders.All.Where(reader => _used.Contains(reader.Name) || reader.NeededBy.Any(_used.Contains))
                .Select(reader => (reader.Name, reader.Text)))
            {
                if (!isFirst)
                    writer.Line();
                isFirst = false;
                foreach (string line in lines.Split('\n'))
                    writer.Line(line);
            }

            writer.Append(types);
        });
    }

    private string ReadPresent(HostType type, string element, string name)
    {
        switch (type)
        {
            case OptionalHostType optional:
                string read = ReadPresent(optional.Inner, element, name);
                return optional.IsReference ? read : $"({optional.Inner.Name}?){read}";

            case ListHostType list:
                string items = Call("Items", $", static (item, name) => {Read(list.Item, "item", "name")}");
                return list.IsArray ? items + ".ToArray()" : items;

            case DictionaryHostType dictionary:
                return Call("Entries", $", static (item, name) => {Read(dictionary.Key, "item", "name")}, static (item, name) => {Read(dictionary.Value, "item", "name")}");

            case LabelHostType:
                _used.Add("Text");
                return $"RlmArguments.{MethodOf(type)}({element}, {name})";

            case RecordHostType:
                _used.Add("Field");
                return $"RlmArguments.{MethodOf(type)}({element}, {name})";

            case ScalarHostType { Kind: ScalarKind.Whole }:
                return $"({type.Name}){Call("Whole", $", {type.Name}.MinValue, {type.Name}.MaxValue")}";

            case ScalarHostType { Kind: ScalarKind.Number }:
                return type.Name == "decimal" ? Call("Number") : $"({type.Name}){Call("Number")}";

            case ScalarHostType { Kind: ScalarKind.DateOnly }:
                return $"global::System.DateOnly.FromDateTime({Call("Date")}.DateTime)";

            case ScalarHostType { Kind: ScalarKind.DateTime }:
                return Call("Date") + ".DateTime";

            case ScalarHostType scalar:
                return Call(scalar.Kind switch
                {
                    ScalarKind.DateTimeOffset => "Date",
                    ScalarKind.TimeSpan => "Duration",
                    ScalarKind.Bool => "Truth",
                    _ => scalar.Kind.ToString(),
                });

            default:
                throw new InvalidOperationException($"No argument is {type.Notation}.");
        }

        string Call(string reader, string more = "")
        {
            _used.Add(reader);
            return $"RlmArguments.{reader}({element}, {name}{more})";
        }
    }

    /// <summary>The method that reads a type of the host's own.</summary>
    private string MethodOf(HostType type)
    {
        int place = _types.FindIndex(other => other.Name == type.Name);
        if (place < 0)
        {
            place = _types.Count;
            _types.Add(type);
        }

        return $"{(type is LabelHostType ? "Label" : "Record")}{place + 1}";
    }

    private void WriteType(SourceWriter writer, HostType type, int place)
    {
        writer.Line();
        string header = $"public static {type.Name} {(type is LabelHostType ? "Label" : "Record")}{place + 1}({Element} value, string name)";
        if (type is LabelHostType labels)
            WriteLabels(writer, labels, header);
        else
            WriteRecord(writer, (RecordHostType)type, header);
    }

    private static void WriteLabels(SourceWriter writer, LabelHostType type, string header)
    {
        bool isDistinct = type.Members.Distinct(StringComparer.OrdinalIgnoreCase).Count() == type.Members.Count;
        string wanted = CSharpNames.Literal($"one of {string.Join(", ", type.Members)}");
        writer.Block($"{header} => Text(value, name) switch", () =>
        {
            foreach (string member in type.Members)
            {
                string condition = isDistinct
                    ? $"var text when text.Equals({CSharpNames.Literal(member)}, global::System.StringComparison.OrdinalIgnoreCase)"
                    : CSharpNames.Literal(member);
                writer.Line($"{condition} => {type.Name}.{CSharpNames.Escape(member)},");
            }

            writer.Line($"_ => throw Wrong(value, name, {wanted}),");
        }, ";");
    }

    private void WriteRecord(SourceWriter writer, RecordHostType type, string header)
    {
        var creation = type.Creation!;
        writer.Block(header, () =>
        {
            foreach (int place in creation.Arguments.Concat(creation.Assigned).OrderBy(place => place))
            {
                var property = type.Properties[place];
                string field = CSharpNames.Literal(property.Field), call = $"value, name, {field}";
                string element = property.Type is OptionalHostType ? $"FindField({call})" : $"Field({call})";
                string name = $"name + {CSharpNames.Literal("." + property.Field)}";
                string read = property.Type is OptionalHostType
                    ? $"{element} is {{ }} found{place} ? {ReadPresent(property.Type, $"found{place}", name)} : null"
                    : ReadPresent(property.Type, element, name);
                writer.Line($"{property.Type.Name} field{place} = {read};");
            }

            string arguments = string.Join(", ", creation.Arguments.Select(place => $"field{place}"));
            string assigned = string.Join(", ", creation.Assigned.Select(place => $"{type.Properties[place].Name} = field{place}"));
            writer.Line(creation.IsTuple
                ? $"return ({arguments});"
                : $"return new {type.Name}({arguments}){(assigned.Length > 0 ? $" {{ {assigned} }}" : "")};");
        });
    }
}
