namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>A power of two that numbers are divided by, so that the largest so far is between 1 and 2.</summary>
internal struct DoubleScale()
{
    private int? _exponent;

    /// <summary>Makes room for a number, and tells what those that are scaled already are to be multiplied by.</summary>
    public double Widen(double number)
    {
        if (number == 0 || Math.ILogB(number) is var exponent && exponent <= _exponent)
            return 1;

        double factor = _exponent is { } last ? Math.ScaleB(1, last - exponent) : 1;
        _exponent = exponent;
        return factor;
    }

    public readonly double Down(double number) => Math.ScaleB(number, -(_exponent ?? 0));

    public readonly double Up(double scaled) => Math.ScaleB(scaled, _exponent ?? 0);
}
