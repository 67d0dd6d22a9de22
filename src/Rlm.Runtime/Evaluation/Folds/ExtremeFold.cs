using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>The least or greatest value, in the order that suits all of them; of equal ones the one that is written first in it.</summary>
internal sealed class ExtremeFold(string name, bool isGreatest) : Fold(name)
{
    private readonly KeyVote _vote = new();
    private readonly Candidate[] _candidates =
        [new(KeyReading.Plain, isGreatest), new(KeyReading.Number, isGreatest), new(KeyReading.Date, isGreatest)];

    protected override void Tell(EvaluationContext evaluation) => _vote.Note(Name, evaluation);

    protected override bool TryAdd(Value value)
    {
        value = ListValue.Keep(value);
        var key = new KeyCell(Cell.Of(value));
        _vote.Add(key);
        foreach (var candidate in _candidates)
        {
            if (candidate.IsBeatenBy(key))
                candidate.Take(key, value);
        }

        return true;
    }

    protected override bool TryAdd(in Cell cell, RowExpression expression, StageRows rows)
    {
        if (cell.Kind == CellKind.Value)
            return false;

        var key = new KeyCell(cell);
        _vote.Add(key);
        foreach (var candidate in _candidates)
        {
            if (candidate.IsBeatenBy(key))
                candidate.Take(key, expression.Evaluate(rows));
        }

        return true;
    }

    protected override Value Result() => _candidates[(int)_vote.Reading].Best ?? NoneValue.Instance;

    /// <summary>The best value in one of the orders.</summary>
    private sealed class Candidate(KeyReading reading, bool isGreatest)
    {
        private readonly KeyOrder _order = new(reading, isGreatest);
        private readonly KeyOrder _written = new(KeyReading.Plain, isGreatest);
        private OrderKey? _best;

        public Value? Best { get; private set; }

        // An order by numbers is only taken where there are numbers, one by dates where there are dates, and all others stand behind those.
        public bool IsBeatenBy(in KeyCell cell) => cell.Reads(reading) && (_best is null
            || (_order.Compare(cell, _best) is var order and not 0 ? order < 0 : _written.Compare(cell, _best) < 0));

        public void Take(in KeyCell cell, Value value)
        {
            (_best ??= new OrderKey()).Set(cell, value);
            Best = value;
        }
    }
}
