using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>Stages that mean by what stands beside them another one than they are written as.</summary>
internal static class MeantStages
{
    /// <summary>What every item has a name for, beside its fields.</summary>
    private static readonly string[] NamesOfItem = ["it", "index", "text", "key", "name", "line", "at", "cite"];

    /// <param name="stages">The stages of a pipeline.</param>
    /// <param name="i">Which of them is meant.</param>
    /// <param name="input">What comes into it.</param>
    /// <param name="context">What is known of the program.</param>
    public static StageSyntax Find(IReadOnlyList<StageSyntax> stages, int i, RlmType input, BindingContext context)
    {
        var stage = stages[i];
        return (i > 0 ? OrderBehindFold(stages[i - 1], stage, context) : null)
            ?? OrderByFold(stage, input, context)
            ?? SelectedFolds.Find(stage, input, context)
            ?? (stage.Operator == OperatorCatalog.Find("map llm") ? FieldOfReply(stage, stages.Skip(i + 1), input, context) : null)
            ?? stage;
    }

    /// <summary><c>count by k | count desc</c> puts the counts in order.</summary>
    private static StageSyntax? OrderBehindFold(StageSyntax before, StageSyntax stage, BindingContext context)
    {
        if (stage is not { Operator: { Family: OperatorFamily.Fold, HasKeys: true } fold, Arguments: [{ Value: NameSyntax { Name: "desc" or "asc" or "descending" or "ascending" } direction } order] }
            || before.Operator != fold || before.Arguments.All(argument => argument.Slot != Slots.By)
            || SyntaxTree.Descendants(before).Any(below => below.Node is NameSyntax name && name.Name == direction.Name))
            return null;

        bool isDescending = direction.Name.StartsWith("desc", StringComparison.Ordinal);
        string written = context.TextAt(stage.Span), meant = $"sort by {fold.Name}{(isDescending ? " desc" : "")}";
        context.Report(DslDiagnostics.ReadAs, stage.Span, $"`{written}` behind a fold is read as `{meant}`", $"write `{meant}`");
        var orders = new OrderListSyntax(order.Span, [new OrderSyntax(order.Span, new NameSyntax(stage.Head.Span, fold.Name), isDescending)]);
        return stage with { Operator = OperatorCatalog.Find("sort"), Arguments = [new ArgumentSyntax(order.Span, Slots.Orders, orders)] };
    }

    /// <summary><c>sum x by k | sort by it desc</c> puts what the fold gives in order: a whole row has none.</summary>
    private static StageSyntax? OrderByFold(StageSyntax stage, RlmType input, BindingContext context)
    {
        if (stage is not { Arguments: [{ Value: OrderListSyntax { Orders: [{ Key: NameSyntax { Name: "it" } } order] } orders } argument] }
            || stage.Operator != OperatorCatalog.Find("sort") || context.TextAt(order.Span) is not { Length: > 2 }
            || input.ItemType?.Required is not RecordType { IsOpen: false } row || row.Fields.Where(field => field.Fold is not null).ToList() is not { Count: > 0 } folds)
            return null;

        if (folds.Count > 1)
        {
            string all = string.Join(" or ", folds.Select(field => $"`sort by {Names.Write(field.Name)}{(order.Descending ? " desc" : "")}`"));
            context.Report(DslDiagnostics.WrongArguments, order.Span, "a whole row has no order", $"say which value it goes by: {all}");
            return null;
        }

        var fold = folds[0];

        string name = Names.Write(fold.Name), meant = $"sort by {name}{(order.Descending ? " desc" : "")}";
        context.Report(DslDiagnostics.ReadAs, stage.Span, $"a whole row has no order: `{context.TextAt(stage.Span)}` is read as `{meant}`", $"write `{meant}`");
        var key = order with { Key = new NameSyntax(order.Span, fold.Name) };
        return stage with { Arguments = [argument with { Value = orders with { Orders = [key] } }] };
    }

    /// <summary>
    /// <c>map llm "…" as one of ["a", "b"] | count by label</c>: a reply has no field, so the one name that is read behind it and that nothing has is what the
    /// reply is to be called, as a field of the item.
    /// </summary>
    private static StageSyntax? FieldOfReply(StageSyntax stage, IEnumerable<StageSyntax> behind, RlmType input, BindingContext context)
    {
        if (input.ItemType is not { } item || behind.FirstOrDefault(reader => reader.Operator?.KeepsItems != true || NamesIn(reader).Any()) is not { } next)
            return null;

        var types = stage.Arguments.Where(argument => argument.Slot == Slots.As).ToList();
        var named = types.FirstOrDefault(argument => argument.Value is NamedTypeSyntax type && RlmType.FindNamed(type.Name) is null);
        if (types.Any(argument => argument.Value is RecordTypeSyntax) || types.Count > (named is null ? 1 : 2))
            return null;

        var row = TypeRules.RowOf(item);
        var labels = types.Select(argument => argument.Value).OfType<LabelTypeSyntax>().FirstOrDefault()?.Labels ?? [];
        string[] read = [.. NamesIn(next).Where(name => !NamesOfItem.Contains(name) && row.Find(name) is null && !labels.Contains(name)
            && !context.Variables.ContainsKey(name) && FunctionCatalog.Find(FunctionSynonyms.Canonical(name) ?? name) is null
            && !ForeignWords.ItemNames.Contains(name)).Distinct()];
        if (row.IsOpen || read is not [var only] || (named is { Value: NamedTypeSyntax label } && label.Name != only)
            || SyntaxTree.Descendants(next).Any(below => below.Node is NameSyntax { Name: "it" } or GroupSyntax or LambdaSyntax))
            return null;

        string written = context.TextAt(stage.Span);
        if (named is not null)
        {
            string before = context.TextAt(SourceSpan.Between(stage.Span.Start, named.Span.Start));
            written = before.Remove(before.LastIndexOf("as", StringComparison.Ordinal)) + context.TextAt(SourceSpan.Between(named.Span.End, stage.Span.End));
        }

        int call = stage.Arguments.First(argument => argument.Slot == Slots.Call).Span.Start - stage.Span.Start;
        string meant = $"extend {only} = {written.Substring(call).Trim()}";
        context.Report(DslDiagnostics.ReadAs, stage.Span, $"what `map` makes has no name, and `{only}` is read behind it: it is read as `{meant}`", $"write `{meant}`");
        var name = new ArgumentSyntax(stage.Head.Span, Slots.Name, new IdentifierSyntax(stage.Head.Span, only));
        return stage with { Operator = OperatorCatalog.Find("extend llm"), Arguments = [name, .. stage.Arguments.Where(argument => argument != named)] };
    }

    /// <summary>The names that a stage reads: in its expressions, and the fields that it is told.</summary>
    private static IEnumerable<string> NamesIn(StageSyntax stage) => SyntaxTree.Descendants(stage).Select(below => below.Node).OfType<NameSyntax>().Select(name => name.Name)
        .Concat(stage.Arguments.Where(argument => argument.Slot.NamesField).Select(argument => argument.Value).OfType<IdentifierSyntax>().Select(field => field.Name))
        .Concat(stage.Arguments.Where(argument => argument.Slot == Slots.Columns).SelectMany(argument => ((BindingListSyntax)argument.Value).Bindings)
            .Where(column => column.Value is null).Select(column => column.Name!.Name));
}
