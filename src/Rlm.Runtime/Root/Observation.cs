using System.Text;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Root;

/// <summary>What goes back to the root after a turn, each part between its marks.</summary>
internal static class Observation
{
    private const int MaxNotes = 20;
    private const int MaxNoteChars = 300;
    private const int MaxLossChars = 600;
    private const int MaxStatementChars = 160;

    private const string Returned =
        "The answer was returned once, since it rests on what the notes name. Mend the program so that nothing is lost, or send the same answer again if it is right all the same; then it counts, marked as partial.";

    /// <summary>What a program showed, what is wrong with it, and what is worth knowing.</summary>
    /// <param name="program">The program.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="defined">The variables that it defined.</param>
    /// <param name="pages">What to read about the operators that its errors are about.</param>
    /// <param name="large">The plan of its paid stages where they were not run, since they are large.</param>
    /// <param name="maxShownChars">About the most characters of what it showed.</param>
    public static string Of(
        SourceText program, ProgramOutcome outcome, IReadOnlyList<DefinedVariable> defined, string pages, SpendingPlan? large, int maxShownChars)
    {
        var text = new StringBuilder();
        if (outcome.Shown.Count > 0)
            text.Append(PromptMarkers.Frame(PromptMarkers.Result, Results(outcome.Shown, maxShownChars)));
        else if (!outcome.HasErrors)
            text.Append(PromptMarkers.Frame(
                PromptMarkers.Result,
                defined.Count == 0 ? "nothing was shown" : $"nothing was shown; defined: {string.Join(", ", defined)}"));

        if (outcome.Shown.Count > 0 && defined.Where(static variable => variable.Pending is not null).ToList() is { Count: > 0 } pending)
            text.Append(Separator(text)).Append("Defined: ").AppendJoin(", ", pending);

        if (outcome.Notes.Count > 0)
            text.Append(Separator(text)).Append(PromptMarkers.Frame(PromptMarkers.Notes, NotesOf(outcome.Notes)));

        if (outcome.Diagnostics.Count > 0)
            text.Append(Separator(text))
                .Append(PromptMarkers.Frame(PromptMarkers.Diagnostics, DiagnosticRenderer.Render(outcome.Diagnostics, program)));
        if (pages.Length > 0)
            text.Append(Separator(text)).Append(pages);
        if (large is not null)
        {
            text.Append(Separator(text)).Append(PlanOf(large));
        }
        else if (!outcome.WasRun)
        {
            text.Append(outcome.Shown.Count == 0 && defined.Count == 0
                ? "\nNothing of this program was run, and none of its variables is defined; those of earlier turns are kept. Write it whole again, corrected."
                : $"\nWhat stands before the error was run, without anything that is paid; {(defined.Count == 0 ? "it defined no new variable" : $"kept: {string.Join(", ", defined)}")}. Write the rest, corrected.");
        }
        else if (outcome.HasErrors && defined.Count > 0)
        {
            text.Append($"\nKept: {string.Join(", ", defined)}.");
        }

        return text.ToString();
    }

    /// <summary>An answer that rests on what was lost, which goes back once before it counts.</summary>
    public static string OfReturned(ProgramOutcome outcome, int maxShownChars)
    {
        string lost = string.Join('\n', outcome.Losses.Distinct().Take(MaxNotes).Select(loss =>
            $"{Preview.Of(loss.Text, MaxLossChars).ReplaceLineEndings(" ")}{(loss.Remedy is { } remedy ? $" -> {remedy}" : "")}"));
        string results = outcome.Shown.Count == 0 ? "" : $"{PromptMarkers.Frame(PromptMarkers.Result, Results(outcome.Shown, maxShownChars))}\n\n";
        return results + PromptMarkers.Wrap(PromptMarkers.Returned, Preview.Of(outcome.Answer!.ToString(), maxShownChars))
            + $"\n\n{PromptMarkers.Wrap(PromptMarkers.Notes, lost)}\n\n{Returned}";
    }

    /// <summary>The budget card of the turn that is next.</summary>
    public static TextContent Budget(int turn, RunContext run)
    {
        var (options, usage) = (run.Options, run.Usage);
        string tokens = Invariant($"; {usage.InputTokens + usage.OutputTokens:N0}{OutOf(options.MaxTokens)} tokens used")
            + (options.MaxInputTokens is null && options.MaxOutputTokens is null ? ""
                : Invariant(
                    $" ({usage.InputTokens:N0}{OutOf(options.MaxInputTokens)} in, {usage.OutputTokens:N0}{OutOf(options.MaxOutputTokens)} out)"));
        string cost = usage.CostUsd is { } dollars
            ? Invariant($"; ${dollars:0.####}{(options.MaxCostUsd is { } maxCost ? Invariant($" of ${maxCost:0.####}") : "")} spent")
            : "";
        string today = turn == 1 ? Invariant($", today is {run.Clock:yyyy-MM-dd}") : "";
        return VaryingText.Of(
            PromptMarkers.Wrap(
                PromptMarkers.Budget,
                Invariant(
                    $"turn {turn} of {options.MaxSteps}{today}; {usage.Calls:N0} of {options.MaxCalls:N0} sub-calls used, {usage.CallsLeft:N0} left{(run.Depth > 0 ? ", each turn takes one" : "")}{tokens}{cost}")));
    }

    private static string PlanOf(SpendingPlan plan)
    {
        string stages = string.Join('\n', plan.Stages.Select(stage =>
            $"- `{stage.Stage}`: {(stage.Certainty == SpendingCertainty.NotKnown ? "not known yet" : $"{(stage.Certainty == SpendingCertainty.Exactly ? "" : "at most ")}{Amount.Of(stage.Calls, "call")}, about {Amount.Of(stage.InputTokens, "token")}")}"));
        return $"Its paid stages were not run yet, since they take more than half of the calls that are left:\n{stages}\nSend the program again if that is worth it, or one that asks about less.";
    }

    private static string OutOf(long? limit) => limit is { } most ? Invariant($" of {most:N0}") : "";

    private static string NotesOf(IReadOnlyList<string> notes) =>
        string.Join(
            '\n', notes.Take(MaxNotes).Select(note => Preview.Of(note.ReplaceLineEndings(" "), MaxNoteChars).ReplaceLineEndings(" ")))
        + (notes.Count > MaxNotes ? $"\n… {notes.Count - MaxNotes} more notes are left out" : "");

    private static string Results(IReadOnlyList<ShownValue> shown, int maxShownChars)
    {
        var results = new StringBuilder();
        for (int i = 0; i < shown.Count; i++)
        {
            if (results.Length > maxShownChars)
            {
                results.Append($"\n… {shown.Count - i} more results are left out; show fewer at once");
                break;
            }

            string statement = string.Join(' ', shown[i].Statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            results.Append(i == 0 ? "" : "\n\n")
                .Append(shown.Count == 1
                    ? ""
                    : $"[{i + 1}] {(statement.Length > MaxStatementChars ? $"{statement[..MaxStatementChars]}…" : statement)}\n")
                .Append(shown[i].Preview);
        }

        return results.ToString();
    }

    private static string Separator(StringBuilder text) => text.Length == 0 ? "" : "\n\n";
}
