using Rlm.Generators.Support;

namespace Rlm.Generators.Tools;

/// <summary>Writes how a result becomes JSON.</summary>
internal sealed class ResultSource(SourceWriter writer)
{
    private int _locals;

    /// <summary>The method from the result to a JSON value or null.</summary>
    public void WriteMethod(string access, HostType type, string name) =>
        writer.Block($"{access} static global::System.Text.Json.JsonElement? {name}({type.Name} result)", () =>
        {
            string value = "result";
            if (type is OptionalHostType || type.IsReference)
            {
                writer.Line("if (result is null)").Indent(() => writer.Line("return null;")).Line();
                value = type is OptionalHostType { IsReference: false } ? "result.Value" : "result";
            }

            writer.Line("var buffer = new global::System.Buffers.ArrayBufferWriter<byte>();");
            writer.Block(
                "using (var writer = new global::System.Text.Json.Utf8JsonWriter(buffer))",
                () => WritePresent(type.Required, value));
            writer.Line();
            writer.Line("var reader = new global::System.Text.Json.Utf8JsonReader(buffer.WrittenSpan);");
            writer.Line("return global::System.Text.Json.JsonElement.ParseValue(ref reader);");
        });

    private void WriteValue(HostType type, string value)
    {
        if (type.Required is ScalarHostType { Kind: ScalarKind.Text } || (type is not OptionalHostType && !type.IsReference))
        {
            WritePresent(type.Required, value);
            return;
        }

        string local = Local("value");
        writer.Block($"if ({value} is {{ }} {local})", () => WritePresent(type.Required, local));
        writer.Block("else", () => writer.Line("writer.WriteNullValue();"));
    }

    private void WritePresent(HostType type, string value)
    {
        switch (type)
        {
            case ScalarHostType { Kind: ScalarKind.Bool }:
                writer.Line($"writer.WriteBooleanValue({value});");
                break;

            case ScalarHostType { Kind: ScalarKind.Whole or ScalarKind.Number }:
                writer.Line($"writer.WriteNumberValue({value});");
                break;

            case ScalarHostType { Kind: ScalarKind.DateOnly }:
                writer.Line(
                    $"writer.WriteStringValue({value}.ToString(\"yyyy-MM-dd\", global::System.Globalization.CultureInfo.InvariantCulture));");
                break;

            case ScalarHostType { Kind: ScalarKind.TimeSpan }:
                writer.Line($"writer.WriteNumberValue({value}.Ticks / (decimal)global::System.TimeSpan.TicksPerSecond);");
                break;

            case ScalarHostType { Kind: ScalarKind.Char }:
                writer.Line($"writer.WriteStringValue({value}.ToString());");
                break;

            case ScalarHostType { Kind: ScalarKind.Uri }:
                writer.Line($"writer.WriteStringValue({value}.OriginalString);");
                break;

            case ScalarHostType:
                writer.Line($"writer.WriteStringValue({value});");
                break;

            case LabelHostType labels:
                writer.Line($"writer.WriteStringValue({value} switch").Line("{").Indent(() =>
                {
                    foreach (string member in labels.Members)
                        writer.Line($"{labels.Name}.{CSharpNames.Escape(member)} => {CSharpNames.Literal(member)},");
                    writer.Line($"var other => throw new global::System.InvalidOperationException($\"{{(object)other}} is not a member of {ShortOf(labels)}.\"),");
                }).Line("});");
                break;

            case ListHostType list:
                string item = Local("item");
                writer.Line("writer.WriteStartArray();");
                writer.Block($"foreach (var {item} in {value})", () => WriteValue(list.Item, item));
                writer.Line("writer.WriteEndArray();");
                break;

            case DictionaryHostType dictionary:
                string entry = Local("entry");
                writer.Line("writer.WriteStartArray();");
                writer.Block($"foreach (var {entry} in {value})", () =>
                {
                    writer.Line("writer.WriteStartObject();");
                    writer.Line("writer.WritePropertyName(\"key\"u8);");
                    WriteValue(dictionary.Key, $"{entry}.Key");
                    writer.Line("writer.WritePropertyName(\"value\"u8);");
                    WriteValue(dictionary.Value, $"{entry}.Value");
                    writer.Line("writer.WriteEndObject();");
                });
                writer.Line("writer.WriteEndArray();");
                break;

            case RecordHostType record:
                writer.Line("writer.WriteStartObject();");
                foreach (var property in record.Properties)
                {
                    writer.Line($"writer.WritePropertyName({CSharpNames.Literal(property.Field)}u8);");
                    WriteValue(property.Type, $"{value}.{property.Name}");
                }

                writer.Line("writer.WriteEndObject();");
                break;

            default:
                throw new InvalidOperationException($"No result is {type.Notation}.");
        }
    }

    private static string ShortOf(LabelHostType type) => type.Name.Substring(type.Name.LastIndexOfAny(['.', ':']) + 1);

    private string Local(string stem) => $"{stem}{++_locals}";
}
