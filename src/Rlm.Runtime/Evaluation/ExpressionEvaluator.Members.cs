using System.Runtime.CompilerServices;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation.Folds;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

internal static partial class ExpressionEvaluator
{
    // A record expression makes a row for each item of a list; all share one shape.
    private static readonly ConditionalWeakTable<BoundRecord, RecordShape> Shapes = [];

    private static Value OpenField(BoundOpenField field, Scope? scope, EvaluationContext evaluation)
    {
        var target = Evaluate(field.Target, scope, evaluation);
        return field.Fallback is null ? FieldAccess.Read(target, field.Name, evaluation)
            : FieldAccess.Find(target, field.Name) ?? Evaluate(field.Fallback, scope, evaluation);
    }

    private static Value Aggregate(BoundAggregate aggregate, Scope? scope, EvaluationContext evaluation)
    {
        if (scope!.Item is FoldedGroup folded)
            return folded.Finish(aggregate, evaluation);

        var items = ((ListValue)scope.Item).ReadAll();
        var parameter = aggregate.Parameter is null ? null : Evaluate(aggregate.Parameter, scope, evaluation);
        var fold = FoldTable.Create(aggregate.Function.Name, aggregate.Argument is not null, parameter, aggregate.Span);
        for (int i = 0; i < items.Count; i++)
        {
            if (aggregate.Argument is null)
                fold.Add(items[i]);
            else if (Unknown.IsApart(items[i]))
                fold.AddFailed();
            else
                AddItem(fold, aggregate, new Scope(items[i], i, items, scope), evaluation);
        }

        return fold.Finish(aggregate, evaluation);
    }

    private static void AddItem(Fold fold, BoundAggregate aggregate, Scope item, EvaluationContext evaluation)
    {
        bool? isMeant = aggregate.Condition is null ? true : Truth(Evaluate(aggregate.Condition, item, evaluation));
        if (isMeant is null)
            fold.AddFailed();
        else if (isMeant.Value)
            fold.Add(Evaluate(aggregate.Argument!, item, evaluation));
    }

    private static RecordValue Record(BoundRecord record, Scope? scope, EvaluationContext evaluation)
    {
        var shape = Shapes.GetValue(record, static made => new RecordShape([.. made.Fields.Select(field => field.Name)]));
        var fields = new Value[record.Fields.Count];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = ListValue.Keep(Evaluate(record.Fields[i].Value, scope, evaluation));
        return new RecordValue(
            scope is null ? shape : Unknown.ShapeAs(scope.Item, shape), fields, scope is null ? null : Provenance.OriginOf(scope.Item));
    }

    private static Value TakeIndex(BoundIndexer indexer, Scope? scope, EvaluationContext evaluation)
    {
        var target = Evaluate(indexer.Target, scope, evaluation);
        if (target is FailedValue)
            return target;
        var index = Evaluate(indexer.Index, scope, evaluation);
        if (index is TextValue name)
            return FieldAccess.Read(target, name.ToString(), evaluation);

        if (target is not ListValue list || Reading.AsNumber(index) is not { IsExact: true, InDecimal: var number }
            || number != decimal.Truncate(number))
            return NoneValue.Instance;

        if (number >= 0 && list.IsStreamed)
            return number <= int.MaxValue ? list.Items.ElementAtOrDefault((int)number) ?? NoneValue.Instance : NoneValue.Instance;

        var items = list.ReadAll();
        decimal place = number < 0 ? items.Count + number : number;
        return place >= 0 && place < items.Count ? items[(int)place] : NoneValue.Instance;
    }
}
