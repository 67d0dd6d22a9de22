using System.Globalization;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

internal sealed partial class ProgramBinder
{
    /// <summary>Whether the operator may stand without arguments.</summary>
    private static bool IsComplete(Shape shape) => shape switch
    {
        SequenceShape sequence => sequence.Parts.All(IsComplete),
        OptionalShape or AnyOrderShape => true,
        _ => false,
    };

    private BoundStage? BindStage(StageSyntax stage, RlmType input, ItemScope? scope, BoundExpression? source)
    {
        if (stage.Operator is null)
            return BindFunctionStage(stage, input, scope);

        var signature = stage.Operator;
        if (!signature.IsEvaluated)
        {
            Report(DslDiagnostics.NotEvaluatedYet, stage.Span, $"`{signature.Name}` is part of the language and not evaluated yet", InsteadOf(signature.Name));
            return null;
        }

        if (!Accepts(stage, signature, input, out bool isLifted))
            return null;

        var arguments = new Dictionary<string, BoundArgument>(StringComparer.Ordinal);
        var labelVariables = new List<VariableSymbol>();
        bool promptReadsItem = false;
        var piece = isLifted ? input.ItemType! : input;
        foreach (var argument in stage.Arguments)
        {
            if (arguments.ContainsKey(argument.Slot))
            {
                Report(DslDiagnostics.RepeatedArgument, argument.Span, $"`{signature.Name}` has this argument twice", "keep one of them");
                continue;
            }

            var item = argument.Slot == "prompt" ? PromptScope(stage, piece, scope) : new ItemScope(piece.ItemType ?? RlmType.Unknown, scope);
            var bound = BindArgument(stage, argument, piece, item, labelVariables);
            promptReadsItem |= argument.Slot == "prompt" && item.Use.IsRead;
            if (bound is not null)
                arguments.Add(argument.Slot, bound);
        }

        var typing = new StageTyping(piece, arguments);
        var output = ProbedRows(signature, source, arguments) ?? signature.Result(typing);
        if (isLifted)
            output = output.ItemType is null ? RlmType.ListOf(output) : output;

        CheckStage(stage, signature, typing);
        return new BoundStage(stage.Span, signature, arguments, input, output, isLifted) { HeadSpan = stage.Head.Span, LabelVariables = labelVariables, PromptReadsItem = promptReadsItem };
    }

    private BoundArgument? BindArgument(StageSyntax stage, ArgumentSyntax argument, RlmType input, ItemScope item, List<VariableSymbol> labelVariables)
    {
        switch (argument.Value)
        {
            case WordSyntax word:
                return new BoundWordArgument(argument.Span, word.Word);

            case IdentifierSyntax name:
                return BindNameSlot(stage, argument, name, input);

            case TypeSyntax type:
                return new BoundTypeArgument(argument.Span, BindType(type, labelVariables));

            case OrderListSyntax orders:
                return new BoundOrdersArgument(argument.Span,
                    [.. orders.Orders.Select(order => new BoundOrder(order.Span, BindExpression(order.Key, item), order.Descending))]);

            case BindingListSyntax list:
                return new BoundBindingsArgument(argument.Span, BindBindings(argument.Slot, list, input, item.Outer));

            case TemplateSyntax template when argument.Slot == "model":
                return new BoundWordArgument(argument.Span, template.PlainText ?? "");

            case ExpressionSyntax expression:
                return new BoundExpressionArgument(argument.Span, BindSlot(stage, argument.Slot, expression, input, item));

            default:
                return null;
        }
    }

    /// <summary>Binds an expression in the scope of its slot: the item, or what is around it.</summary>
    private BoundExpression BindSlot(StageSyntax stage, string slot, ExpressionSyntax expression, RlmType input, ItemScope item)
    {
        var scope = item.Outer;
        string name = stage.Operator!.Name;
        switch (slot)
        {
            case "pattern":
                return BindStagePattern(stage, expression, scope);

            case "condition":
                return BindCondition(expression, new ItemScope(name == "pairs" ? TypeRules.PairOf(input.ItemType ?? RlmType.Unknown) : input.ItemType ?? RlmType.Unknown, scope));

            case "key" when name == "top" && expression is NameSyntax field && KeysOfGroupWith(item.Item, field.Name) is { } keys:
                string count = _source.TextAt(stage.Arguments.First(argument => argument.Slot == "count").Span);
                Report(DslDiagnostics.UnknownName, expression.Span, $"`{field.Name}` is a field of the group's items",
                    $"for the best of each group write `top {count} by {field.Name} per {keys}` in the place of `group`");
                return Missing(expression.Span);

            case "prompt":
            case "value" or "key":
                return BindExpression(expression, item);

            case "rows":
                var rows = BindExpression(expression, scope);
                if (rows.Type.ItemType is null && rows.Type != RlmType.Unknown)
                    Report(DslDiagnostics.WrongInput, expression.Span, $"`{name}` joins with a list of rows, and this is {Article(rows.Type)}", "name rows: `let other = context | parse csv`, then `join other on FIELD`");
                return rows;

            case "separator" or "query" or "start" or "hint" or "or":
                return BindExpression(expression, scope);

            default:
                return BindAmount(stage, slot, expression, scope);
        }
    }

    /// <summary>The keys of a group whose items have the field that it has not itself; null for any other item.</summary>
    private static string? KeysOfGroupWith(RlmType group, string field) =>
        group.Required is RecordType row && row.Find(field) is null && row.Find("items")?.Type.ItemType?.Required is RecordType member && member.Find(field) is not null
            ? string.Join(", ", row.Fields.Where(key => key.Name != "items").Select(key => key.Name))
            : null;

    /// <summary>What a prompt sees: the item for a stage over items, the group for <c>reduce … by</c>, the whole value otherwise.</summary>
    private ItemScope PromptScope(StageSyntax stage, RlmType input, ItemScope? scope)
    {
        if (stage.Operator!.Name == "reduce llm")
        {
            var keys = stage.Arguments.FirstOrDefault(argument => argument.Slot == "by")?.Value as BindingListSyntax;
            if (keys is null)
                return new ItemScope(input, scope) { HasFields = false };

            var typing = new StageTyping(input, new Dictionary<string, BoundArgument>
            {
                ["by"] = new BoundBindingsArgument(keys.Span, BindBindings("by", keys, input, scope)),
            });
            return new ItemScope(TypeRules.Keyed(typing), scope);
        }

        return stage.Operator.Input == OperatorInput.Any
            ? new ItemScope(input, scope) { HasFields = input.ItemType is null }
            : new ItemScope(input.ItemType ?? RlmType.Unknown, scope);
    }

    private BoundExpression BindAmount(StageSyntax stage, string slot, ExpressionSyntax expression, ItemScope? scope)
    {
        var amount = BindExpression(expression, scope);
        if (amount.Type.ItemType is not null || amount.Type.Required is RecordType { TextField: null } || amount.Type.Required == RlmType.Bool)
        {
            Report(DslDiagnostics.WrongOperand, expression.Span, $"`{stage.Head.Name}` takes a number here, and this is {Article(amount.Type)}",
                amount.Type.ItemType is not null ? "add `| count` or `| first` in parentheses" : null);
        }

        if (Known(amount) is BoundLiteral { Value: decimal number })
        {
            decimal least = slot is "size" or "parts" or "pack" or "votes" or "max" ? 1 : 0;
            bool isOver = slot == "votes" && number > ParseLimits.MaxVotes;
            if (number < least || isOver || number != decimal.Truncate(number))
            {
                string range = isOver ? $"of at most {ParseLimits.MaxVotes}" : Invariant($"of at least {least}");
                Report(DslDiagnostics.OutOfRange, expression.Span, $"`{stage.Head.Name}` takes a whole number {range} here, not {(expression is NameSyntax ? number.ToString(CultureInfo.InvariantCulture) : _source.TextAt(expression.Span))}",
                    Invariant($"give a number {(isOver ? "up to" : "from")} {(isOver ? ParseLimits.MaxVotes : least)}; the form is `{UsageLine.ShortOf(stage.Operator!)}`"));
            }
        }

        return amount;
    }

    private BoundWordArgument? BindNameSlot(StageSyntax stage, ArgumentSyntax argument, IdentifierSyntax name, RlmType input)
    {
        if (argument.Slot is "field" or "from" or "to")
        {
            var row = (input.ItemType ?? input).Required as RecordType ?? TypeRules.RowOf(input.ItemType ?? input);
            string field = name.Name == "it" && row.Find("it") is null && row.KeyField is { } key ? key : TypeRules.FieldNameOf(row, name.Name);
            if (!row.IsOpen && row.Find(field) is null && (input.ItemType ?? input) != RlmType.Unknown)
            {
                ReportUnknownField(name.Span, name.Name, row);
                return null;
            }

            return new BoundFieldArgument(argument.Span, field);
        }

        return argument.Slot == "ignored" ? null : new BoundWordArgument(argument.Span, name.Name);
    }

    private List<BoundBinding> BindBindings(string slot, BindingListSyntax list, RlmType input, ItemScope? scope)
    {
        var bindings = new List<BoundBinding>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var itemType = input.ItemType ?? RlmType.Unknown;
        var rowSoFar = itemType;
        foreach (var binding in list.Bindings)
        {
            BoundExpression value;
            if (slot == "aggregates")
                value = BindExpression(binding.Value!, new ItemScope(input, scope) { IsGroup = true, HasFields = false });
            else if (slot == "bindings")
                value = BindExpression(binding.Value!, new ItemScope(rowSoFar, scope));
            else
                value = BindExpression(binding.Value ?? new NameSyntax(binding.Name!.Span, binding.Name.Name), new ItemScope(itemType, scope));

            string? name = binding.Name?.Name ?? KeyName(value, binding.Value);
            if (!names.Add(name ?? "key"))
            {
                Report(DslDiagnostics.UnnamedKeys, binding.Span, name is null ? "two keys have no name" : $"`{name}` is there twice",
                    "name them: `NAME = EXPRESSION`");
                continue;
            }

            bindings.Add(new BoundBinding(binding.Span, name ?? "key", value));
            if (slot == "bindings")
                rowSoFar = TypeRules.RowOf(rowSoFar).With(name ?? "key", value.Type);
        }

        if (slot == "aggregates" && bindings.Count > 0)
            CheckAggregates(bindings);
        return bindings;
    }

    /// <summary>The name of a key that is written without one: that of the field, else none.</summary>
    private static string? KeyName(BoundExpression value, ExpressionSyntax? syntax) => (value, syntax) switch
    {
        (BoundField, MemberSyntax member) => member.Member.Name,
        (BoundItem, _) => null,
        (_, NameSyntax name) => name.Name,
        _ => null,
    };

    private void CheckAggregates(List<BoundBinding> bindings)
    {
        foreach (var binding in bindings)
        {
            if (!BoundTree.Descendants(binding.Value).Any(expression => expression is BoundAggregate or BoundVariable or BoundNested || expression.Type == RlmType.Unknown))
            {
                Report(DslDiagnostics.MisplacedAggregate, binding.Span, $"`{binding.Name}` aggregates nothing",
                    $"put it into an aggregate: `{binding.Name} = max({Trimmed(binding)})`; there are {string.Join(", ", FunctionCatalog.Aggregates.Select(name => $"`{name}(…)`"))}");
            }
        }
    }

    private string Trimmed(BoundBinding binding) => _source.TextAt(binding.Value.Span) is { Length: < 60 } text ? text : "…";

    private BoundStage? BindFunctionStage(StageSyntax stage, RlmType input, ItemScope? scope)
    {
        string name = stage.Head.Name;
        if (FindFunction(name) is not { } function)
        {
            ReportUnknownOperator(stage);
            return null;
        }

        bool takesList = function.Parameters.Count > 0 && function.Parameters[0].Type.ItemType is not null;
        bool isLifted = input.ItemType is not null && !takesList;
        var piped = new BoundItem(stage.Head.Span, isLifted ? input.ItemType! : input, 0);
        var value = BindCall(stage.Span, stage.Head, stage.Call ?? [], new ItemScope(piped.Type, scope), piped);
        var arguments = new Dictionary<string, BoundArgument> { ["value"] = new BoundExpressionArgument(stage.Span, value) };
        // A list that each item gives stays one list, as with the operators that cut.
        var output = !isLifted ? value.Type : value.Type.ItemType is null ? RlmType.ListOf(value.Type) : value.Type;
        return new BoundStage(stage.Span, OperatorCatalog.Function, arguments, input, output, isLifted);
    }

    private void ReportUnknownOperator(StageSyntax stage)
    {
        string name = stage.Head.Name;
        if (ForeignWords.HelpFor(name) is { } misread)
        {
            Report(DslDiagnostics.UnknownOperator, stage.Head.Span, $"`{name}` is not an operator", misread);
            return;
        }

        var known = OperatorCatalog.All.Select(signature => signature.Head).Concat(Functions.Select(function => function.Name)).Distinct();
        string? near = NameSuggestion.For(name, known);
        Report(DslDiagnostics.UnknownOperator, stage.Head.Span,
            near is null ? $"`{name}` is not an operator, a function or a tool" : $"`{name}` is not an operator; did you mean `{near}`?",
            near is null ? "`rlm help` lists the operators" : $"write `| {near}`");
    }

    private RlmType? ProbedRows(OperatorSignature signature, BoundExpression? source, Dictionary<string, BoundArgument> arguments) =>
        signature.Name == "parse" && source is BoundVariable { Symbol.Definition: null } variable
            && arguments.TryGetValue("format", out var format) && format is BoundWordArgument { Word: not ("html" or "markdown") and var word } && !arguments.ContainsKey("number")
            ? _environment.ProbeSchema(variable.Symbol, word)
            : null;

    private static string? InsteadOf(string name) => name switch
    {
        "group similar" => "use `group by lower(trim(it))` or another key that equal items share",
        "resolve" => "map the spellings with `extend name2 = llm \"…\" as one of [...]`",
        "rlm" => "use `llm` on smaller pieces: `chunk 8k tokens | map llm \"…\" | reduce llm \"…\"`",
        _ => null,
    };
}
