using Rlm.Runtime.Texts.Formats;

namespace Rlm.Runtime.Execution;

/// <summary>What is doubtful about the contexts themselves, whatever a program does with them.</summary>
internal static class ContextDoubts
{
    /// <summary>The result with what is doubtful about the contexts, which may make an answer from them partial.</summary>
    public static RlmResult AddTo(RlmResult result, IReadOnlyList<RlmVariable> contexts, RlmOptions options)
    {
        var losses = LossesOf(contexts, options.NameOf("encoding"));
        var notes = NotesOf(contexts);
        if (result.Outcome is not (RlmOutcome.Answered or RlmOutcome.Completed) || losses.Count == 0)
            return result with { Notes = [.. result.Notes, .. notes, .. losses] };

        return result with
        {
            Notes = [.. result.Notes, .. notes],
            IsPartial = true,
            Reasons = [.. result.Reasons, .. losses],
        };
    }

    /// <summary>
    /// Why an answer from the contexts is partial, one line for each kind and variable: texts that are not read in their encoding, or not
    /// in full.
    /// </summary>
    private static IReadOnlyList<string> LossesOf(IReadOnlyList<RlmVariable> variables, string option) =>
    [
        .. Groups(variables, source => source.LikelyEncoding).Select(texts => texts.DescribeEncoding(option)),
        .. Lines(variables, source => source.Undecoded > 0 ? "" : null, (which, verb, _) =>
            $"{which} {(verb == "is" ? "has" : "have")} bytes that the given encoding does not know; they are read as \uFFFD"),
        .. Lines(variables, source => source.Gap, (which, verb, gap) => $"{which} {verb} not read in full: {gap}"),
    ];

    /// <summary>What else is worth knowing: mail, whose parts are not decoded.</summary>
    private static IReadOnlyList<string> NotesOf(IReadOnlyList<RlmVariable> variables)
    {
        return
        [
            .. variables.SelectMany(variable => variable.Sources).Where(source => source.IsRead).Select(source => source.Change?.Message).OfType<string>(),
            .. Lines(variables, source => MailMarks.HasEncodedParts(source) ? "" : null, (which, verb, _) =>
                $"{which} {verb} mail with parts in quoted-printable or base64, which are not decoded: words in them may not be found; give it as a file named .eml or .mbox, which `rlm-docs` or Rlm.Files reads"),
        ];
    }

    private static IEnumerable<string> Lines(
        IReadOnlyList<RlmVariable> variables, Func<TextSource, string?> kindOf, Func<string, string, string, string> write) =>
        Groups(variables, kindOf).Select(group => write(group.Which, group.Verb, group.Kind));

    /// <summary>The texts of each variable by their kinds.</summary>
    private static IEnumerable<DoubtfulTexts> Groups(IReadOnlyList<RlmVariable> variables, Func<TextSource, string?> kindOf) =>
        variables.SelectMany(variable => variable.Sources
            .Where(source => source.IsRead)
            .Select(source => (Source: source, Kind: kindOf(source)))
            .Where(found => found.Kind is not null)
            .GroupBy(found => found.Kind!, found => found.Source)
            .Select(group => new DoubtfulTexts(variable, group.Key, [.. group])));
}
