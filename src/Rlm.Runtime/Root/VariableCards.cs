using Rlm.Dsl.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Root;

/// <summary>
/// The cards of a question's variables: type, size and preview, and of what looks like a table how its columns are written.
/// </summary>
internal static class VariableCards
{
    /// <summary>A value of the host that is no longer stands whole in the prompt.</summary>
    private const int MaxWholeChars = 1_000;
    private const int MaxColumns = 40;
    private const int MaxHints = 3;
    private const int MaxExampleChars = 24;

    public static string Of(IReadOnlyList<RlmVariable> variables, VariableTable table) => string.Join("\n\n", variables.Select(variable =>
    {
        var value = table.Values[table.Symbols.First(symbol => symbol.Name == variable.Name)];
        string card = variable.Hosted is null
            ? ValueCard.Of(variable.Name, variable.Type, value)
            : ValueCard.OfHosted(variable.Name, variable.Type, value, MaxWholeChars);
        return WithHints(card, string.Concat(TableHints(variable)));
    }));

    /// <summary>The hint of a text that looks like a table, and those of the first documents that do.</summary>
    private static IEnumerable<string> TableHints(RlmVariable variable) =>
        (variable.Hosted is null ? variable.Sources : []).Take(MaxHints)
            .Select((source, place) => (Name: !variable.IsDocuments ? variable.Name : Invariant($"{variable.Name}[{place}]"), Guess: TableGuess.Of(source)))
            .Where(hint => hint.Guess is not null)
            .Select(hint => $"\n{TableHint(hint.Name, hint.Guess!)}");

    /// <summary>The card of a piece that a child root is asked about.</summary>
    public static string Of(ChildQuestion question, string name)
    {
        string card = ValueCard.Of(name, question.Type, question.Piece);
        return question.Piece is TextValue { Slice: { } slice } && slice.Length == slice.Source.LengthBytes && TableGuess.Of(slice.Source) is { } guess
            ? WithHints(card, $"\n{TableHint(name, guess)}")
            : card;
    }

    private static string WithHints(string card, string hints) =>
        hints.Length == 0 ? card : card.Insert(card.IndexOf('\n', StringComparison.Ordinal), hints);

    /// <summary>How to read the table, and its columns as a program writes them, each with its type and a value.</summary>
    private static string TableHint(string variable, TableGuess guess)
    {
        var columns = guess.Row.Fields.Take(MaxColumns).Select(
            (field, i) => $"{Names.Write(field.Name)}: {ValueCard.TypeText(field.Type)}{Example(guess.First[i], field.Type)}");
        string more = guess.Row.Fields.Count > MaxColumns ? $", and {Amount.Of(guess.Row.Fields.Count - MaxColumns, "more column")}" : "";
        return $"`{variable} | parse {guess.Format}` gives rows of {string.Join(", ", columns)}{more}";
    }

    private static string Example(Value? value, RlmType type) => value is null or ListValue or RecordValue ? ""
        : PreviewLine.Of(value, MaxExampleChars) is var text && type.IsTextual
            && type.Required is not ScalarType { IsCell: true } ? $" \"{text}\"" : $" {text}";

    /// <summary>About how many tokens all texts have.</summary>
    public static long Tokens(IReadOnlyList<RlmVariable> variables) =>
        variables.SelectMany(variable => variable.Sources).Sum(source => TokenEstimate.OfLength(source, source.LengthBytes));
}
