using System.Numerics;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>
/// Pearson's coefficient of pairs, none of fewer than two and where one side does not vary. A pair with a side that is none is left out whole. Sums and products
/// are kept whole, so that nothing cancels out; where a number is beyond 28 digits, in double.
/// </summary>
internal sealed class CorrelationFold(string name) : Fold(name)
{
    private const int Decimals = 6;

    private readonly CommaDoubt[] _commas = [new(), new()];
    private readonly ColumnReading?[] _columns = new ColumnReading?[2];

    private BigInteger _sumX;
    private BigInteger _sumY;
    private BigInteger _squaresX;
    private BigInteger _squaresY;
    private BigInteger _products;
    private long _count;

    // Welford's means, and the sums of products of distances to them, of numbers that are scaled so that no product leaves what double has.
    private bool _isInexact;
    private bool _isBeyond;
    private DoubleScale _scaleX = new();
    private DoubleScale _scaleY = new();
    private double _meanX;
    private double _meanY;
    private double _distancesX;
    private double _distancesY;
    private double _distancesXY;

    protected override string? Remark =>
        _isBeyond ? SumFold.BeyondDouble
        : _isInexact ? "some numbers are beyond 28 digits, so the result is computed in double, to 15 digits" : null;

    protected override Value FindMissing(Value value) => value is ListValue pair
        ? pair.Items.FirstOrDefault(side => Unknown.Of(side) is not null) ?? pair.Items.FirstOrDefault(side => Reading.IsNone(side) || Reading.IsBlank(side))
            ?? pair.Items.FirstOrDefault(side => NumberOf(side) is null) ?? value
        : value;

    protected override void Tell(EvaluationContext evaluation)
    {
        for (int side = 0; side < _commas.Length; side++)
        {
            evaluation.Tallies.AddGuess(_columns[side]);
            _commas[side].Tell(Name, evaluation);
        }
    }

    protected override bool TryAdd(Value value)
    {
        if (value is not ListValue { KnownCount: 2 } pair)
            return false;

        var sides = pair.ReadAll();
        for (int side = 0; side < sides.Count; side++)
        {
            var cell = Cell.Of(sides[side]);
            _columns[side] ??= cell.Column;
            _commas[side].Add(cell);
        }

        if (NumberOf(sides[0]) is not { } x || NumberOf(sides[1]) is not { } y)
            return false;

        Take(x, y);
        return true;
    }

    protected override Value Result()
    {
        if (_count < 2 || _isBeyond)
            return NoneValue.Instance;

        // r = (n Σxy - Σx Σy) / √((n Σx² - (Σx)²) (n Σy² - (Σy)²))
        double together = _isInexact ? _distancesXY : (double)((_count * _products) - (_sumX * _sumY));
        double ofX = _isInexact ? _distancesX : (double)((_count * _squaresX) - (_sumX * _sumX));
        double ofY = _isInexact ? _distancesY : (double)((_count * _squaresY) - (_sumY * _sumY));
        double result = Math.Clamp(together / Math.Sqrt(ofX) / Math.Sqrt(ofY), -1, 1);
        return ofX <= 0 || ofY <= 0 || !double.IsFinite(result) ? NoneValue.Instance : NumberValue.WithMostDecimals((decimal)result, Decimals);
    }

    private static Number? NumberOf(Value value) => value is DurationValue duration ? duration.Duration.Ticks : Cell.Of(value).AsNumber();

    private void Take(Number x, Number y)
    {
        _count++;
        _isInexact |= !x.IsExact || !y.IsExact;
        _isBeyond |= x.IsAtRangeEnd || y.IsAtRangeEnd;
        double factorX = _scaleX.Widen(x.InDouble), factorY = _scaleY.Widen(y.InDouble);
        _meanX *= factorX;
        _meanY *= factorY;
        _distancesX *= factorX * factorX;
        _distancesY *= factorY * factorY;
        _distancesXY *= factorX * factorY;
        double scaledX = _scaleX.Down(x.InDouble), scaledY = _scaleY.Down(y.InDouble);
        double fromX = scaledX - _meanX, fromY = scaledY - _meanY;
        _meanX += fromX / _count;
        _meanY += fromY / _count;
        _distancesX += fromX * (scaledX - _meanX);
        _distancesY += fromY * (scaledY - _meanY);
        _distancesXY += fromX * (scaledY - _meanY);
        if (_isInexact)
            return;

        BigInteger wholeX = DeviationFold.ScaleUp(x.InDecimal), wholeY = DeviationFold.ScaleUp(y.InDecimal);
        _sumX += wholeX;
        _sumY += wholeY;
        _squaresX += wholeX * wholeX;
        _squaresY += wholeY * wholeY;
        _products += wholeX * wholeY;
    }
}
