namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>Amounts of a plan, which may be huge: they end at a quadrillion, as what is told of more than that.</summary>
internal static class PlannedAmount
{
    public const long Most = 1_000_000_000_000_000;

    /// <summary>A product that does not overflow.</summary>
    public static long Product(long left, long right) => (long)Math.Min((decimal)left * right, Most);
}
