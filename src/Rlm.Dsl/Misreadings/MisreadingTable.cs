namespace Rlm.Dsl.Misreadings;

/// <summary>Makes one diagnostic of a failed parse: the first row that knows the place tells what was found, and what to write.</summary>
internal static class MisreadingTable
{
    private static readonly IReadOnlyList<IReadOnlyList<Misreading>> Steps =
    [
        .. new[] { SqlForms.Rows, PandasForms.Rows, ShellForms.Rows, PythonForms.Rows, KqlForms.Rows, ChatForms.Rows, CallForms.Rows, OwnForms.Rows, BrokenForms.Rows }
            .SelectMany(rows => rows)
            .GroupBy(row => row.Step)
            .OrderBy(step => step.Key)
            .Select(step => (IReadOnlyList<Misreading>)[.. step]),
    ];

    /// <summary>All rows in the order in which they are asked: by step, and in a step by dialect.</summary>
    public static IEnumerable<Misreading> Rows => Steps.SelectMany(step => step);

    public static Diagnostic Describe(FailurePlace place) => Find(place).Told;

    /// <summary>The row that knows the place, and what it tells.</summary>
    public static (Misreading Row, Diagnostic Told) Find(FailurePlace place)
    {
        foreach (var step in Steps.Where(rows => IsAsked(rows[0].Step, place)))
        {
            foreach (var row in step)
            {
                if (row.Read(place) is { } told)
                    return (row, told);
            }
        }

        throw new InvalidOperationException("The last row tells any place.");
    }

    // Patterns are searched for in short statements only.
    private static bool IsAsked(MisreadingStep step, FailurePlace place) => step switch
    {
        MisreadingStep.Opening or MisreadingStep.Line => place.IsPlainLine,
        MisreadingStep.String or MisreadingStep.Operator or MisreadingStep.Relation or MisreadingStep.StageForm => place.IsShort,
        MisreadingStep.Call => place.IsShort && place.PromptStart >= 0,
        MisreadingStep.MissingPipe or MisreadingStep.Operand => place.Expects("|"),
        _ => true,
    };
}
