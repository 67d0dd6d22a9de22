namespace Rlm.Runtime.Budget;

/// <summary>What a root's last turn needs and nobody else may spend, so that a run whose budget is spent by sub-calls can still answer.</summary>
/// <param name="budget">The calls that its call is taken from.</param>
internal sealed class LastTurnReserve(CallBudget budget)
{
    /// <summary>Calls that are held: one until it is used.</summary>
    public int Calls { get; private set; }

    /// <summary>Tokens and money that sub-calls leave.</summary>
    public Spending Spending { get; set; }

    /// <exception cref="BudgetExceededException">Not even one call is left.</exception>
    public void HoldCall()
    {
        budget.Reserve(1, "the root's first turn");
        Calls = 1;
    }

    /// <summary>The call is made.</summary>
    public void UseCall() => Calls = 0;

    /// <summary>Gives back what was not used.</summary>
    public void ReleaseCall()
    {
        budget.Refund(Calls);
        Calls = 0;
    }
}
