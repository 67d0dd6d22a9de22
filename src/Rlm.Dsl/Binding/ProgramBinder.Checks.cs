using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

internal sealed partial class ProgramBinder
{
    /// <summary>Whether the operator takes the type, and whether it is lifted over it.</summary>
    private bool Accepts(StageSyntax stage, OperatorSignature signature, RlmType input, out bool isLifted)
    {
        isLifted = false;
        if (input.Required == RlmType.Unknown || signature.Input == OperatorInput.Any)
            return true;

        bool isList = input.ItemType is not null;
        switch (signature.Input)
        {
            case OperatorInput.Text when input.IsTextual:
                return true;

            case OperatorInput.Text when isList && (input.ItemType!.IsTextual || input.ItemType.Required == RlmType.Unknown):
                isLifted = true;
                return true;

            case OperatorInput.TextOrList when isList || input.IsTextual:
            case OperatorInput.List when isList:
            case OperatorInput.Rows when isList && (input.ItemType!.Required is RecordType || input.ItemType.Required == RlmType.Unknown):
                return true;
        }

        string wanted = signature.Input switch
        {
            OperatorInput.Text => "a text",
            OperatorInput.TextOrList => "a text or a list",
            OperatorInput.Rows => "a list of records",
            _ => "a list",
        };
        Report(DslDiagnostics.WrongInput, stage.Head.Span, $"`{signature.Name}` takes {wanted}, and {Article(input)} comes in", HelpForInput(stage, signature, input));
        return false;
    }

    private string? HelpForInput(StageSyntax stage, OperatorSignature signature, RlmType input)
    {
        string written = _source.TextAt(stage.Span);
        string form = written.Length < 80 && !written.Contains('\n') ? written : $"{signature.Head} …";
        if (input.IsTextual && signature.Input == OperatorInput.Rows)
            return $"make rows first: `| extract \"{{a}} {{b}}\" | {form}` or `| parse csv | {form}`";

        if (input.IsTextual && signature.Name == "get")
            return "make rows first: `| extract \"{a} {b}\"` or `| parse csv`";

        if (input.IsTextual)
            return signature.IsPaid ? $"cut it first: `| chunk 50 lines | {form}`; one call about the whole text is `| llm \"…\"`" : $"cut it first: `| lines | {form}`";

        if (input.ItemType?.Required is RecordType source && signature.Name == "extract")
        {
            string[] texts = [.. source.Fields.Where(field => field.Type.IsTextual).Select(field => field.Name)];
            return $"name the field: `| extract {(texts.Length > 0 ? texts[0] : "FIELD")} {form.Substring(Math.Min(form.Length, signature.Head.Length + 1))}`{(texts.Length > 1 ? $"; texts are {string.Join(", ", texts.Select(name => $"`{name}`"))}" : "")}";
        }

        if (input.ItemType?.Required is RecordType record && signature.Input == OperatorInput.Text)
            return $"take a text field first: `| get {record.Fields.FirstOrDefault(field => field.Type.IsTextual)?.Name ?? "FIELD"} | {form}`, or filter rows with `| where FIELD contains \"…\"`";

        if (input.ItemType is { } item && signature.Input == OperatorInput.Rows)
            return $"make rows of the {item}s first: `| extend x = …`";

        return input.Required is RecordType or ListType ? null : "use it in an expression instead";
    }

    /// <summary>Whether a stage's arguments fit each other.</summary>
    private void CheckStage(StageSyntax stage, OperatorSignature signature, StageTyping typing)
    {
        foreach (string slot in new[] { "around", "citations" })
        {
            if (signature.IsPaid && stage.Arguments.FirstOrDefault(argument => argument.Slot == slot) is { } option)
            {
                Report(DslDiagnostics.NotEvaluatedYet, option.Span, $"`{(slot == "citations" ? "with citations" : slot)}` is part of the language and not evaluated yet",
                    slot == "citations" ? "leave it out; put `{cite}` into the prompt or the answer" : "leave it out");
            }
        }

        if (signature.IsPaid && typing.Word("call") == "rlm")
            Report(DslDiagnostics.NotEvaluatedYet, stage.Span, $"`{signature.Head} rlm` is part of the language and not evaluated yet", InsteadOf("rlm"));

        foreach (var fixedText in FieldsOf(signature, typing).Where(expression => expression is BoundLiteral { Value: string }))
            ReportFixedText(fixedText);

        var type = typing.TypeArgument("as");
        if (signature.Name is not ("extract" or "extract field") && HasDateFormat(type))
            Report(DslDiagnostics.WrongReplyType, stage.Arguments.First(argument => argument.Slot == "as").Span, "a reply's date has no format", "leave it out: the model is asked for `yyyy-MM-dd`");

        switch (signature.Name)
        {
            case "min" or "max" when (typing.Expression("value") ?? typing.Item).Required is RecordType { TextField: null, IsOpen: false }:
                string key = stage.Arguments.FirstOrDefault(argument => argument.Slot == "by") is { } by ? _source.TextAt(by.Span) : "KEY";
                Report(DslDiagnostics.WrongOperand, stage.Span, $"`{signature.Name}` compares values, and these are records",
                    $"write `{signature.Name} FIELD` for the value, or `{(signature.Name == "max" ? $"top 1 by {key}" : $"sort by {key} | first")}` for the row");
                break;

            case "extend llm" when !typing.Has("name") && type?.Required is not RecordType:
                Report(DslDiagnostics.WrongReplyType, stage.Span, "`extend llm` without a name needs a record type", "write `extend NAME = llm …`, or `extend llm … as {field: type}`");
                break;

            case "where llm" when type is not null && type.Required != RlmType.Bool:
                Report(DslDiagnostics.WrongReplyType, stage.Span, "`where llm` asks for yes or no", "leave the `as` out, or use `extend x = llm … as TYPE | where …`");
                break;

            case "sum" or "average" or "median":
                var value = typing.Expression("value") ?? typing.Item;
                if (value.Required is RecordType or ListType || value.Required == RlmType.Bool)
                    Report(DslDiagnostics.WrongOperand, stage.Span, $"`{signature.Name}` takes numbers, and this is {Article(value)}", $"name a field: `{signature.Name} FIELD`, or count with `count`");
                break;

            case "extract" or "extract field" when type is not null:
                CheckExtractTypes(stage, type, typing.Pattern("pattern")?.Captures ?? []);
                break;

            case "join on" or "left join":
                CheckJoin(stage, typing);
                break;
        }
    }

    private static bool HasDateFormat(RlmType? type) => type?.Required switch
    {
        DateType => true,
        ListType list => HasDateFormat(list.Item),
        RecordType record => record.Fields.Any(field => HasDateFormat(field.Type)),
        _ => false,
    };

    /// <summary>The expressions of a stage that differ from item to item if the stage is of use.</summary>
    private static IEnumerable<BoundExpression> FieldsOf(OperatorSignature signature, StageTyping typing)
    {
        // A key with a name of its own may be the same for all: `count by all = "all"`.
        var keys = typing.Bindings("by").Where(key => key.Name == "key").Select(key => key.Value);
        var orders = typing.Arguments.Values.OfType<BoundOrdersArgument>().SelectMany(argument => argument.Orders).Select(order => order.Key);
        string? slot = signature.Name is "sum" or "average" or "min" or "max" or "median" ? "value" : signature.Name is "top" ? "key" : null;
        var value = slot is not null && typing.Arguments.TryGetValue(slot, out var argument) && argument is BoundExpressionArgument { Value: var expression } ? [expression] : Array.Empty<BoundExpression>();
        return keys.Concat(orders).Concat(value);
    }

    private void CheckExtractTypes(StageSyntax stage, RlmType type, IReadOnlyList<string> captures)
    {
        var span = stage.Arguments.First(argument => argument.Slot == "as").Span;
        if (type.Required is not RecordType declared)
        {
            Report(DslDiagnostics.WrongReplyType, span, "`extract … as` gives types to fields", $"write `as {{{(captures.Count > 0 ? captures[0] : "name")}: {type}}}`");
            return;
        }

        var row = new RecordType([.. captures.Select(capture => new FieldType(capture, RlmType.Text))]);
        foreach (var field in declared.Fields.Where(field => captures.Count > 0 && row.Find(field.Name) is null))
            ReportUnknownField(span, field.Name, row);
    }

    private void CheckJoin(StageSyntax stage, StageTyping typing)
    {
        if (typing.Expression("rows")?.ItemType?.Required is not RecordType right || typing.Item.Required is not RecordType left)
            return;

        string[] on = [.. typing.Bindings("on").Select(binding => binding.Name)];
        foreach (string missing in on.Where(name => !right.IsOpen && right.Find(name) is null))
            ReportUnknownField(stage.Span, missing, right);

        if (left.Fields.FirstOrDefault(field => !on.Contains(field.Name) && right.Find(field.Name) is not null) is { } clash)
        {
            Report(DslDiagnostics.FieldClash, stage.Span, $"both sides of the join have `{clash.Name}`",
                $"rename it on the right: `({_source.TextAt(stage.Arguments[0].Value.Span).Trim('(', ')')} | select {string.Join(", ", on)}, {clash.Name}2 = {clash.Name})`");
        }
    }

    /// <summary>Check C1: a column or mapped value that no later stage reads before a fold.</summary>
    private void CheckUnusedColumns(List<BoundStage> stages)
    {
        for (int i = 0; i + 1 < stages.Count; i++)
        {
            var (names, span) = MadeBy(stages[i]);
            foreach (string? name in names)
            {
                if (FoldsUnread(stages, i + 1, name) is { } fold)
                {
                    Report(stages[i].Operator.IsPaid ? DslDiagnostics.UnusedColumn : DslDiagnostics.UnusedValue, span, name is null ? $"what `map` makes here is never read: `{fold}` only counts the items" : $"`{name}` is made and never used",
                        name is null ? "leave the `map` out, or use `extend x = …` and read `x`" : $"leave it out, or read it: `| {fold} by {name}`, `| where {name} …`");
                }
            }
        }
    }

    private static (IEnumerable<string?> Names, SourceSpan Span) MadeBy(BoundStage stage) => stage.Operator.Name switch
    {
        "extend" => (stage.Bindings("bindings").Select(binding => binding.Name), stage.Span),
        "extend llm" when stage.Word("name") is { } name => ([name], stage.Span),
        "map" or "map llm" => ([null], stage.Span),
        _ => ([], stage.Span),
    };

    /// <summary>The fold that drops the value unread, or null where something reads it first.</summary>
    private static string? FoldsUnread(List<BoundStage> stages, int from, string? name)
    {
        for (int i = from; i < stages.Count; i++)
        {
            var stage = stages[i];
            if (Reads(stage, name))
                return null;

            if (stage.Operator.Name is "count" or "share" or "any" or "all" or "aggregate")
                return stage.Operator.Name;

            if (!stage.Operator.KeepsItems && stage.Operator.Name != "extend")
                return null;
        }

        return null;
    }

    private static bool Reads(BoundStage stage, string? name)
    {
        // Without a key these compare the items themselves, and `rank` reads their words.
        if (stage.Operator.Name is "distinct" or "sort" && stage.Arguments.Count == 0 || stage.Operator.Name == "rank")
            return true;

        if (stage.Operator.IsPaid || stage.Operator == OperatorCatalog.Function)
            return true;

        if (stage.Arguments.Values.Any(argument => argument is BoundFieldArgument field && (name is null || field.Word == name)))
            return true;

        return BoundTree.Expressions(stage).SelectMany(BoundTree.Descendants).Any(expression => expression switch
        {
            BoundField field => field.Name == name || name is null,
            BoundOpenField field => field.Name == name || name is null,
            BoundItem or BoundProvenance => name is null || !BoundTree.IsLookedInto(stage, expression),
            BoundAggregate { Argument: null, Function: not "count" } => true,
            _ => false,
        });
    }

    /// <summary>A type with its article, as messages name it.</summary>
    private static string Article(RlmType type)
    {
        string name = type.Required switch
        {
            RecordType { Alias: null } => "record",
            ListType => type.Required.ToString(),
            ScalarType { Name: "none" } => "none",
            LabelType => "label",
            _ => type.Required.ToString(),
        };
        return name == "none" ? name : name == "any" ? "a value" : $"a {name}";
    }
}
