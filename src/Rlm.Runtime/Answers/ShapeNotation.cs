using Rlm.Dsl.Text;

namespace Rlm.Runtime.Answers;

/// <summary>Writes shapes in the language's own terms.</summary>
internal static class ShapeNotation
{
    private const int DeepestShown = 6;

    /// <summary>The type, such as <c>{team: text, wins: number}</c>.</summary>
    public static string TypeOf(ShapeNode node) => TypeOf(node, 0);

    /// <summary>An expression of the type, such as <c>{team: "…", wins: 0}</c>.</summary>
    public static string ExampleOf(ShapeNode node) => ExampleOf(node, 0);

    /// <summary>How to make a value of the type where that is more than a record or a value; null where it is not.</summary>
    public static string? HintOf(ShapeNode node) => node switch
    {
        ListShape { Item: RecordShapeNode record } =>
            $"end a pipeline of rows with `| select {string.Join(", ", record.Fields.Select(static field => $"{Names.Write(field.Name)} = …"))}`",
        MapShape => "rows of two fields, a name and its value, as `rows | count by NAME` gives them, or a record",
        _ => null,
    };

    private static string TypeOf(ShapeNode node, int depth)
    {
        if (depth > DeepestShown)
            return "…";

        string type = node switch
        {
            TextShape text => text.Form switch
            {
                TextForm.Plain => "text",
                TextForm.Duration or TextForm.TimeSpan => "duration",
                TextForm.Clock => "time of day",
                _ => "date",
            },
            NumberShape number => number.IsWhole ? "whole number" : "number",
            BoolShape => "bool",
            LabelShape label => $"one of [{string.Join(", ", label.Labels.Select(Quote))}]",
            ListShape list => $"list of {TypeOf(list.Item, depth + 1)}",
            RecordShapeNode record =>
                $"{{{string.Join(", ", record.Fields.Select(field => $"{Names.Write(field.Name)}: {FieldType(field, depth + 1)}"))}}}",
            MapShape map => $"{{NAME: {TypeOf(map.Value, depth + 1)}, …}}",
            UnionShape choice => string.Join(" or ", choice.Options.Select(option => TypeOf(option, depth + 1))),
            NamedShape named => TypeOf(named.Target.Value, depth + 1),
            _ => "any value",
        };
        return node.AllowsNone && node is not AnyShape ? $"{type}?" : type;
    }

    private static string FieldType(ShapeField field, int depth) =>
        TypeOf(field.Value, depth) is var type && (field.IsRequired || type.EndsWith('?')) ? type : $"{type}?";

    private static string ExampleOf(ShapeNode node, int depth) => depth > DeepestShown ? "…" : node switch
    {
        TextShape { Form: TextForm.Plain } => "\"…\"",
        TextShape { Form: TextForm.Duration or TextForm.TimeSpan } => "2h",
        TextShape { Form: TextForm.Clock } => "\"09:05:00\"",
        TextShape => "date(\"2026-03-01\")",
        NumberShape => "0",
        BoolShape => "true",
        LabelShape label => label.Labels.Count == 0 ? "\"…\"" : Quote(label.Labels[0]),
        ListShape { Item: NamedShape } => "[]",
        ListShape list => $"[{ExampleOf(list.Item, depth + 1)}]",
        RecordShapeNode record =>
            $"{{{string.Join(", ", record.Fields.Select(field => $"{Names.Write(field.Name)}: {ExampleOf(field.Value, depth + 1)}"))}}}",
        MapShape map => $"{{a: {ExampleOf(map.Value, depth + 1)}}}",
        UnionShape choice => ExampleOf(choice.Options[0], depth + 1),
        NamedShape named => ExampleOf(named.Target.Value, depth + 1),
        _ => "none",
    };

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("{", "{{", StringComparison.Ordinal)}\"";
}
