using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>Writes how a method's arguments are read from JSON, and the class <c>RlmArguments</c> that does it.</summary>
internal sealed class ArgumentSource
{
    private const string Json = "global::System.Text.Json";
    private const string Arguments = "global::System.Collections.Generic.IReadOnlyList<" + Json + ".JsonElement?>";

    private readonly HashSet<string> _used = [];

    /// <summary>The C# expression of an argument.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="index">Its place among the arguments.</param>
    public string Of(ToolParameterModel parameter, int index)
    {
        string name = CSharpNames.Literal(parameter.Name);
        if (parameter.Type is not OptionalHostType && parameter.Default is null)
        {
            _used.Add("Required");
            return Read(parameter.Type!, $"RlmArguments.Required(arguments, {index}, {name})", name);
        }

        string local = $"argument{index + 1}";
        string read = parameter.Type is OptionalHostType { Inner: { IsReference: false } inner }
            ? $"({inner.Name}?){Read(inner, local, name)}"
            : Read(parameter.Type!, local, name);
        _used.Add("Find");
        return $"RlmArguments.Find(arguments, {index}) is {{ }} {local} ? {read} : {parameter.Default ?? "null"}";
    }

    /// <summary>The class with what the expressions use, if they use anything.</summary>
    public void WriteClass(SourceWriter writer)
    {
        if (_used.Count == 0)
            return;

        writer.Line();
        writer.Block("file static class RlmArguments", () =>
        {
            Method(writer, $"public static {Json}.JsonElement? Find({Arguments} arguments, int index) =>",
                $"index < arguments.Count && arguments[index] is {{ ValueKind: not ({Json}.JsonValueKind.Null or {Json}.JsonValueKind.Undefined) }} value ? value : null;");
            if (_used.Contains("Required"))
            {
                writer.Line();
                Method(writer, $"public static {Json}.JsonElement Required({Arguments} arguments, int index, string name) =>",
                    "Find(arguments, index) ?? throw new global::System.ArgumentException($\"`{name}` has no value.\");");
            }

            foreach (var (name, lines) in Readers.Where(reader => _used.Contains(reader.Name)))
            {
                writer.Line();
                foreach (string line in lines.Split('\n'))
                    writer.Line(line);
            }

            writer.Line();
            writer.Block($"private static global::System.ArgumentException Wrong({Json}.JsonElement value, string name, string wanted)", () =>
            {
                writer.Line("string found = value.GetRawText();");
                writer.Line(
                    "return new global::System.ArgumentException($\"`{name}` takes {wanted}, not {(found.Length <= 40 ? found : found.Substring(0, 40) + \"…\")}.\");");
            });
        });
    }

    private string Read(HostType type, string element, string name)
    {
        switch (type)
        {
            case OptionalHostType optional:
                return Read(optional.Inner, element, name);

            case ListHostType list:
                _used.Add("Items");
                return $"RlmArguments.Items({element}, {name}, static (item, name) => {Read(list.Item, "item", "name")}){(list.IsArray ? ".ToArray()" : "")}";

            case ScalarHostType { Kind: ScalarKind.Text }:
                return Call("Text");

            case ScalarHostType { Kind: ScalarKind.Bool }:
                return Call("Truth");

            case ScalarHostType { Kind: ScalarKind.Whole }:
                _used.Add("Number");
                _used.Add("Whole");
                return $"({type.Name})RlmArguments.Whole({element}, {name}, {type.Name}.MinValue, {type.Name}.MaxValue)";

            case ScalarHostType { Kind: ScalarKind.Number }:
                return type.Name == "decimal" ? Call("Number") : $"({type.Name}){Call("Number")}";

            case ScalarHostType { Kind: ScalarKind.DateOnly }:
                return $"global::System.DateOnly.FromDateTime({Call("Date")}.DateTime)";

            case ScalarHostType { Kind: ScalarKind.DateTime }:
                return Call("Date") + ".DateTime";

            case ScalarHostType { Kind: ScalarKind.DateTimeOffset }:
                return Call("Date");

            default:
                throw new InvalidOperationException($"No argument is {type.Notation}.");
        }

        string Call(string reader)
        {
            _used.Add(reader);
            return $"RlmArguments.{reader}({element}, {name})";
        }
    }

    private static void Method(SourceWriter writer, string header, string body) => writer.Line(header).Indent(() => writer.Line(body));

    // Texts are read as numbers and dates, as the language does where it compares them.
    private static readonly (string Name, string Text)[] Readers =
    [
        ("Text", """
            public static string Text(global::System.Text.Json.JsonElement value, string name) => value.ValueKind switch
            {
                global::System.Text.Json.JsonValueKind.String => value.GetString()!,
                global::System.Text.Json.JsonValueKind.Object or global::System.Text.Json.JsonValueKind.Array => throw Wrong(value, name, "a text"),
                _ => value.GetRawText(),
            };
            """),
        ("Truth", """
            public static bool Truth(global::System.Text.Json.JsonElement value, string name) => value.ValueKind switch
            {
                global::System.Text.Json.JsonValueKind.True => true,
                global::System.Text.Json.JsonValueKind.False => false,
                _ => throw Wrong(value, name, "true or false"),
            };
            """),
        ("Number", """
            public static decimal Number(global::System.Text.Json.JsonElement value, string name)
            {
                if (value.ValueKind == global::System.Text.Json.JsonValueKind.Number && value.TryGetDecimal(out decimal number))
                    return number;
                return value.ValueKind == global::System.Text.Json.JsonValueKind.String
                    && decimal.TryParse(value.GetString(), global::System.Globalization.NumberStyles.Number, global::System.Globalization.CultureInfo.InvariantCulture, out number)
                    ? number
                    : throw Wrong(value, name, "a number");
            }
            """),
        ("Whole", """
            public static decimal Whole(global::System.Text.Json.JsonElement value, string name, decimal least, decimal most)
            {
                decimal number = Number(value, name);
                return number == decimal.Truncate(number) && number >= least && number <= most
                    ? number
                    : throw Wrong(value, name, global::System.FormattableString.Invariant($"a whole number from {least} to {most}"));
            }
            """),
        ("Date", """
            public static global::System.DateTimeOffset Date(global::System.Text.Json.JsonElement value, string name) =>
                value.ValueKind == global::System.Text.Json.JsonValueKind.String
                && global::System.DateTimeOffset.TryParse(value.GetString(), global::System.Globalization.CultureInfo.InvariantCulture, global::System.Globalization.DateTimeStyles.AssumeUniversal, out var date)
                    ? date
                    : throw Wrong(value, name, "a date");
            """),
        ("Items", """
            public static global::System.Collections.Generic.List<T> Items<T>(
                global::System.Text.Json.JsonElement value, string name, global::System.Func<global::System.Text.Json.JsonElement, string, T> read)
            {
                if (value.ValueKind != global::System.Text.Json.JsonValueKind.Array)
                    throw Wrong(value, name, "a list");

                var items = new global::System.Collections.Generic.List<T>(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                    items.Add(read(item, name));
                return items;
            }
            """),
    ];
}
