using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing;

/// <summary>Reads one statement: what leaves the grammar is ours.</summary>
internal static class StatementReader
{
    /// <param name="text">The program.</param>
    /// <param name="position">Where the statement begins.</param>
    /// <param name="state">What the parse remembers.</param>
    public static StatementReading Read(string text, int position, ParseState state)
    {
        var result = ProgramGrammar.Statement(new ProgramInput(text, position, position, state));
        var remainder = (ProgramInput)result.Remainder;
        if (result.WasSuccessful && state.Fatal is null && (remainder.AtEnd || remainder.Current is '\n' or '\r' or ';'))
            return new StatementReading(result.Value, remainder.Position, null) { Behind = remainder };

        // A statement may end though the line goes on.
        int furthest = Math.Max(state.FurthestPosition, result.WasSuccessful ? remainder.Position : 0);
        IReadOnlyList<string> expected = furthest == state.FurthestPosition ? [.. state.Expected] : ["`|`"];
        return new StatementReading(null, furthest, new ParseFailure(furthest, expected, state.Fatal));
    }
}

/// <summary>A statement, or why there is none.</summary>
/// <param name="Statement">The statement; null where it failed.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Failure">The failure; null where it was read.</param>
internal readonly record struct StatementReading(StatementSyntax? Statement, int End, ParseFailure? Failure)
{
    /// <summary>The place behind its tokens; null where it failed.</summary>
    public ProgramInput? Behind { get; init; }
}

/// <summary>The furthest place that a statement was read to.</summary>
/// <param name="Position">Where the token stands that does not fit.</param>
/// <param name="Expected">What would have fitted, in the order tried.</param>
/// <param name="Fatal">What no alternative can mend, such as a string without an end.</param>
internal sealed record ParseFailure(int Position, IReadOnlyList<string> Expected, Diagnostic? Fatal);
