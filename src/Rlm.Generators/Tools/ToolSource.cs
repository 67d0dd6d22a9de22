using Rlm.Generators.Support;
using RoslynText = Microsoft.CodeAnalysis.Text.SourceText;

namespace Rlm.Generators.Tools;

/// <summary>Writes the file of a class of tools.</summary>
internal static class ToolSource
{
    private const string Tool = "global::Rlm.RlmTool";
    private const string Parameter = "global::Rlm.RlmToolParameter";
    private const string Json = "global::System.Text.Json.JsonElement?";
    private const string List = "global::System.Collections.Generic.IReadOnlyList";

    public static RoslynText Write(ToolClassModel model)
    {
        var arguments = new ArgumentSource();
        return model.Type.Write($"the tools of {model.Type.QualifiedName.Replace("global::", "")}", writer =>
        {
            WriteProperty(writer, model);
            foreach (var tool in model.Tools)
            {
                writer.Line();
                WriteTool(writer, model, tool, arguments);
            }
        }, arguments.WriteClass).ToSourceText();
    }

    private static void WriteProperty(SourceWriter writer, ToolClassModel model)
    {
        writer.Line($"/// <summary>The tools of {(model.IsStatic ? "the class" : "this object")}, in the order of its methods.</summary>");
        writer.Line($"public {(model.HidesTools ? "new " : "")}{(model.IsStatic ? "static " : "")}{List}<{Tool}> Tools => new {Tool}[]");
        writer.Line("{").Indent(() =>
        {
            foreach (var tool in model.Tools)
                writer.Line($"new {tool.ClassName}({(tool.IsStatic ? "" : "this")}),");
        }).Line("};");
    }

    private static void WriteTool(SourceWriter writer, ToolClassModel model, ToolModel tool, ArgumentSource arguments) =>
        writer.Block($"private sealed class {tool.ClassName}{(tool.IsStatic ? "" : $"({model.Type.QualifiedName} owner)")} : {Tool}", () =>
        {
            writer.Line($"public override string Name => {CSharpNames.Literal(tool.Name)};").Line();
            writer.Line($"public override string Description => {CSharpNames.Literal(tool.Description)};").Line();
            WriteParameters(writer, tool);
            writer.Line($"public override string ResultType => {CSharpNames.Literal(tool.Result.Notation)};").Line();
            WriteLimits(writer, tool.Limits);
            WriteInvoke(writer, model, tool, arguments);
            if (tool.Result is NothingHostType)
                return;

            writer.Line();
            new ResultSource(writer).WriteMethod("private", tool.Result, "Write");
        });

    private static void WriteParameters(SourceWriter writer, ToolModel tool)
    {
        writer.Line($"public override {List}<{Parameter}> Parameters {{ get; }} = new {Parameter}[]");
        writer.Line("{").Indent(() =>
        {
            foreach (var parameter in tool.Arguments)
            {
                string optional = parameter.Default is null ? "" : ", IsOptional: true";
                string described = parameter.Description is null ? "" : $" {{ Description = {CSharpNames.Literal(parameter.Description)} }}";
                writer.Line(
                    $"new {Parameter}({CSharpNames.Literal(parameter.Name)}, {CSharpNames.Literal(parameter.Notation)}{optional}){described},");
            }
        }).Line("};").Line();
    }

    private static void WriteLimits(SourceWriter writer, ToolLimits limits)
    {
        if (limits.Writes)
            writer.Line("public override global::Rlm.RlmToolEffect Effect => global::Rlm.RlmToolEffect.Writes;").Line();
        if (limits.MaxCalls is { } calls)
            writer.Line(Invariant($"public override int? MaxCalls => {calls};")).Line();
        if (limits.TimeoutSeconds is { } seconds)
            writer.Line(Invariant($"public override global::System.TimeSpan? Timeout => global::System.TimeSpan.FromSeconds({seconds:R}d);")).Line();
    }

    private static void WriteInvoke(SourceWriter writer, ToolClassModel model, ToolModel tool, ArgumentSource arguments)
    {
        string modifiers = tool.IsAwaited ? "public override async" : "public override";
        writer.Block($"{modifiers} global::System.Threading.Tasks.ValueTask<{Json}> InvokeAsync({List}<{Json}> arguments, global::System.Threading.CancellationToken cancellationToken)", () =>
        {
            int index = 0;
            var expressions = tool.Parameters.Select(
                parameter => parameter.Type is null ? "cancellationToken" : arguments.Of(parameter, index++)).ToList();
            string target = $"{(tool.IsStatic ? model.Type.QualifiedName : "owner")}.{tool.Method}";
            string call = (tool.Result is NothingHostType ? "" : "var result = ") + (tool.IsAwaited ? $"await {target}" : target);
            string after = tool.IsAwaited ? ").ConfigureAwait(false);" : ");";
            if (expressions.Count == 0)
            {
                writer.Line($"{call}({after}");
            }
            else
            {
                writer.Line($"{call}(").Indent(() =>
                {
                    for (int i = 0; i < expressions.Count; i++)
                        writer.Line(expressions[i] + (i < expressions.Count - 1 ? "," : after));
                });
            }

            writer.Line(tool switch
            {
                { Result: NothingHostType } => tool.IsAwaited ? "return null;" : "return default;",
                { IsAwaited: true } => "return Write(result);",
                _ => $"return new global::System.Threading.Tasks.ValueTask<{Json}>(Write(result));",
            });
        });
    }
}
