using Rlm.Generators.Support;
using Rlm.Generators.Tools;
using RoslynText = Microsoft.CodeAnalysis.Text.SourceText;

namespace Rlm.Generators.Pipelines;

/// <summary>Writes the file of a pipeline's method.</summary>
internal static class PipelineSource
{
    private const string Library = "global::Rlm";

    public static RoslynText Write(PipelineModel model)
    {
        var arguments = new ArgumentSource();
        return model.Type.Write($"the pipeline {model.Type.QualifiedName.Replace("global::", "")}.{model.Name}", writer =>
        {
            string parameters = string.Join(", ", model.Parameters.Select(parameter => parameter.Declaration));
            writer.Block($"{model.Header}({parameters})", () => WriteBody(writer, model, arguments));
        }, writer =>
        {
            WriteValues(writer, model);
            arguments.WriteClass(writer);
        }).ToSourceText();
    }

    private static void WriteBody(SourceWriter writer, PipelineModel model, ArgumentSource arguments)
    {
        // Locals get names that no parameter has.
        string program = Local(model, "program"), session = Local(model, "session"), result = Local(model, "result");
        WriteProgram(writer, program, model.Program);
        if (model.ExpressionOf(PipelineRole.Session) is { } given)
            session = given;
        else
            WriteSession(writer, model, session);

        string name = CSharpNames.Literal(model.Name), token = model.ExpressionOf(PipelineRole.Cancellation) ?? "default";
        if (model.Result.Type is { } type)
        {
            string schema = CSharpNames.Literal(AnswerSchema.Of(type)), read = arguments.Read(type, "answer", "\"the answer\"");
            writer.Line($"var {result} = await {session}.RunAsync<{type.Name}>(").Indent(() => writer
                .Line($"{program},").Line($"{schema},").Line($"static answer => {read},").Line($"{name},")
                .Line($"{token}).ConfigureAwait(false);"));
            writer.Line($"return {result}{(model.Result.IsWhole ? "" : ".Value")};");
            return;
        }

        string answer = $"await {session}.RunAsync({program}, {name}, {token}).ConfigureAwait(false)";
        if (model.Result.IsWhole)
        {
            writer.Line($"return {answer};");
            return;
        }

        string opening = CSharpNames.Literal($"The pipeline `{model.Name}` gave no answer (").TrimEnd('"');
        writer.Line($"var {result} = {answer};");
        writer.Line($"return {result}.Answer ?? throw new global::System.InvalidOperationException(");
        writer.Indent(() => writer.Line($"${opening}{{{result}.Outcome}}): {{string.Join(\"; \", {result}.Reasons)}}\");"));
    }

    /// <summary>How the values of parameters become JSON.</summary>
    private static void WriteValues(SourceWriter writer, PipelineModel model)
    {
        var values = model.Parameters.Where(parameter => parameter.Role == PipelineRole.Value).ToList();
        if (values.Count == 0)
            return;

        writer.Line().Block("file static class RlmValues", () =>
        {
            foreach (var parameter in values)
            {
                if (parameter != values[0])
                    writer.Line();
                new ResultSource(writer).WriteMethod("public", parameter.Type!, MethodOf(parameter));
            }
        });
    }

    private static string MethodOf(PipelineParameter parameter) => "Write_" + parameter.Name;

    private static void WriteSession(SourceWriter writer, PipelineModel model, string session)
    {
        var variables = model.Parameters.Select(VariableOf).Where(variable => variable is not null).ToList();
        string array = variables.Count == 0 ? $"global::System.Array.Empty<{Library}.RlmVariable>()" : $"new {Library}.RlmVariable[]";
        string options = OptionsOf(model);
        writer.Line($"var {session} = new {Library}.RlmSession(").Indent(() =>
        {
            writer.Line($"{model.ExpressionOf(PipelineRole.Model)},");
            if (variables.Count == 0)
            {
                writer.Line($"{array},");
            }
            else
            {
                writer.Line(array).Line("{").Indent(() =>
                {
                    foreach (string? variable in variables)
                        writer.Line($"{variable},");
                }).Line("},");
            }

            writer.Line($"{options});");
        });
    }

    private static string? VariableOf(PipelineParameter parameter)
    {
        string literal = CSharpNames.Literal(parameter.Name), name = CSharpNames.Escape(parameter.Name);
        return parameter.Role switch
        {
            PipelineRole.Text => $"{Library}.RlmVariable.Text({literal}, {name})",
            PipelineRole.TextValue => $"{Library}.RlmVariable.Text({literal}, {Library}.TextSource.FromString({name}, {literal}))",
            PipelineRole.Documents => $"{Library}.RlmVariable.Documents({literal}, {name})",
            PipelineRole.Value =>
                $"{Library}.RlmVariable.Value({literal}, {CSharpNames.Literal(parameter.Type!.Notation)}, RlmValues.{MethodOf(parameter)}({name}))",
            _ => null,
        };
    }

    private static string OptionsOf(PipelineModel model)
    {
        var given = model.Parameters.FirstOrDefault(parameter => parameter.Role == PipelineRole.Options);
        string fresh = $"new {Library}.RlmOptions()";
        string options = given is null ? fresh
            : given.IsNullable ? $"{CSharpNames.Escape(given.Name)} ?? {fresh}"
            : CSharpNames.Escape(given.Name);
        var tools = model.Parameters.Where(parameter => parameter.Role == PipelineRole.Tools)
            .Select(parameter => $".. {CSharpNames.Escape(parameter.Name)}.Tools").ToList();
        if (tools.Count == 0)
            return options;

        if (given is null)
            return $"{fresh} {{ Tools = [{string.Join(", ", tools)}] }}";

        string name = CSharpNames.Escape(given.Name), joined = string.Join(", ", tools);
        return given.IsNullable
            ? $"({options}) with {{ Tools = [.. {name}?.Tools ?? [], {joined}] }}"
            : $"{name} with {{ Tools = [.. {name}.Tools, {joined}] }}";
    }

    /// <summary>The program as a constant, over several lines where it has several.</summary>
    private static void WriteProgram(SourceWriter writer, string local, string program)
    {
        if (!program.Contains('\n') || program.Any(c => char.IsControl(c) && c != '\n' && c != '\t'))
        {
            writer.Line($"const string {local} = {CSharpNames.Literal(program)};");
            return;
        }

        int longest = 2, run = 0;
        foreach (char c in program)
        {
            run = c == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string quotes = new('"', longest + 1);
        writer.Line($"const string {local} = {quotes}").Indent(() =>
        {
            foreach (string line in program.Split('\n'))
                writer.Line(line);
            writer.Line($"{quotes};");
        });
    }

    private static string Local(PipelineModel model, string name)
    {
        while (model.Parameters.Any(parameter => parameter.Name == name))
            name += "_";
        return name;
    }
}
