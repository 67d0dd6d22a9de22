using Rlm.Dsl.Text;
using Rlm.Runtime.Answers;

namespace Rlm.Hosting.Functions;

/// <summary>A shape as a type in the language's notation. What the language has no type for is a text: its JSON.</summary>
internal static class ShapeText
{
    private const int DeepestType = 8;

    /// <summary>The type.</summary>
    public static string Of(ShapeNode shape) => Of(shape, 0);

    private static string Of(ShapeNode shape, int depth)
    {
        string type = depth > DeepestType ? "text" : shape switch
        {
            NumberShape => "number",
            BoolShape => "bool",
            TextShape { Form: TextForm.Day or TextForm.Time or TextForm.TimeWithOffset } => "date",
            LabelShape { Labels.Count: > 0 } label => $"one of [{string.Join(", ", label.Labels.Select(Quote))}]",
            ListShape list => $"list of {Of(list.Item, depth + 1)}",
            RecordShapeNode { Fields.Count: > 0 } record => $"{{{string.Join(", ", record.Fields.Select(field => FieldOf(field, depth + 1)))}}}",
            NamedShape named => Of(named.Target.Value, depth + 1),
            _ => "text",
        };
        return shape.AllowsNone && !type.EndsWith('?') ? $"{type}?" : type;
    }

    private static string FieldOf(ShapeField field, int depth)
    {
        string type = Of(field.Value, depth);
        return $"{Names.Write(field.Name)}: {(field.IsRequired || type.EndsWith('?') ? type : $"{type}?")}";
    }

    private static string Quote(string label) =>
        $"\"{label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
