using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>The items that come into a stage, one after the other, as its expressions see them.</summary>
internal sealed class StageRows : IDisposable
{
    private readonly RowSource _source;
    private readonly BoundStage _stage;
    private readonly IReadOnlyList<Value>? _siblings;
    private readonly Scope? _outer;
    private Scope? _scope;
    private int _untilPoll;

    private StageRows(RowSource source, BoundStage stage, IReadOnlyList<Value>? siblings, Scope? outer, EvaluationContext evaluation)
    {
        _source = source;
        _stage = stage;
        _siblings = siblings;
        _outer = outer;
        Evaluation = evaluation;
        Reader = source.Open();
    }

    public RowReader Reader { get; }

    public EvaluationContext Evaluation { get; }

    /// <summary>The item's 0-based place.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>The scope of the item, for an expression that needs its value.</summary>
    public Scope Scope => _scope ??= ScopeOf(Reader.Item);

    /// <summary>The same of a part of the item.</summary>
    public Scope ScopeOf(Value part) => new(part, Index, _siblings, _outer);

    /// <summary>Whether the item is a row that stands apart. Rows that are read by their fields never do.</summary>
    public bool IsApart =>
        _source is { Shape: null, HasTexts: false } && Reader.Cell.Kind == CellKind.Value && Unknown.IsApart(Reader.Item);

    /// <summary>Starts reading. The list is read into memory only where an expression asks for neighbours.</summary>
    /// <exception cref="EvaluationException">The value is not a list.</exception>
    public static StageRows Open(Value input, BoundStage stage, Scope? outer, EvaluationContext evaluation)
    {
        var list = StageItems.ListOf(input, stage);
        var siblings = NeighbourSearch.HasNeighbours(stage) ? list.ReadAll() : null;
        return new StageRows(siblings is null ? list.Rows : RowSource.Of(siblings), stage, siblings, outer, evaluation);
    }

    /// <summary>
    /// Whether what a stage computes of items may be left until it is asked for: these are rows of known fields, and nothing does more than
    /// compute.
    /// </summary>
    public static bool CanBeLeft(Value input, BoundStage stage, IEnumerable<BoundExpression> computed) =>
        input is ListValue { Rows.Shape: not null } && !NeighbourSearch.HasNeighbours(stage) && computed.All(IsOfItem);

    /// <summary>
    /// Whether an expression is told of each item by itself: what is the same for all is computed once here, and what it loses counts for each
    /// item, as do a tool's calls.
    /// </summary>
    public static bool IsOfItem(BoundExpression expression) =>
        (expression is BoundLiteral or BoundVariable || !InvariantSearch.IsInvariant(expression))
        && !BoundTree.Descendants(expression).Any(inner => inner is BoundCall { Function.IsTool: true });

    /// <summary>The list of the items that a condition holds for, which are read as they were.</summary>
    /// <exception cref="EvaluationException">The value is not a list.</exception>
    public static ListValue Where(Value input, BoundStage stage, BoundExpression condition, Scope? outer, EvaluationContext evaluation)
    {
        var source = NeighbourSearch.HasNeighbours(stage) ? RowSource.Of([]) : StageItems.ListOf(input, stage).Rows;
        return ListValue.OfRows(source with { Open = FilterRows });

        FilteredRows FilterRows()
        {
            var rows = Open(input, stage, outer, evaluation);
            return new FilteredRows(rows, rows.Condition(condition));
        }
    }

    /// <summary>The list of what an expression gives of each item.</summary>
    /// <exception cref="EvaluationException">The value is not a list.</exception>
    public static ListValue Map(Value input, BoundStage stage, BoundExpression expression, Scope? outer, EvaluationContext evaluation)
    {
        StageItems.ListOf(input, stage);
        return ListValue.OfRows(new RowSource(() =>
        {
            var rows = Open(input, stage, outer, evaluation);
            return new MappedRows(rows, rows.Expression(expression));
        }));
    }

    /// <summary>
    /// The list of some of the items, which are read as they were; null where they have to be looked at, as some may stand apart.
    /// </summary>
    /// <exception cref="EvaluationException">The value is not a list.</exception>
    public static ListValue? Slice(Value input, BoundStage stage, long skipped, long most, EvaluationContext evaluation)
    {
        var list = StageItems.ListOf(input, stage);
        return list is { IsStreamed: true, Rows: { Shape: not null } or { HasTexts: true } }
            ? ListValue.OfRows(list.Rows with { Open = () => new RowStretch(Open(list, stage, null, evaluation), skipped, most) })
            : null;
    }

    /// <summary>An expression over the items; null for the item itself.</summary>
    public RowExpression Expression(BoundExpression? expression) => RowExpression.Of(expression, _source, Evaluation);

    /// <summary>A key that items are sorted by; null for the item itself, which sorts as its text where it is a row that has one.</summary>
    public RowExpression SortKey(BoundExpression? key) => key is null ? RowExpression.OfScalars() : Expression(key);

    /// <summary>A field of the items; none of one that has none of that name.</summary>
    public RowExpression Field(string name) => RowExpression.OfField(name, _source);

    public RowCondition Condition(BoundExpression condition) => RowCondition.Of(
        condition, _source, Evaluation.GetRunning(_stage, () => new CaseNote(_stage.Operator.Name)), Evaluation);

    public bool MoveNext()
    {
        Evaluation.Poll(ref _untilPoll);
        _scope = null;
        Index++;
        return Reader.MoveNext();
    }

    /// <summary>Goes to the next item, and reads what counts something of it, whether anybody asks for that or not.</summary>
    public bool MoveNext(params ReadOnlySpan<RowExpression> computed)
    {
        if (!MoveNext())
            return false;

        foreach (var expression in computed)
        {
            if (!expression.IsQuiet)
                expression.Read(this);
        }

        return true;
    }

    public void Dispose() => Reader.Dispose();
}
