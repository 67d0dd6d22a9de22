using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;

namespace Rlm;

/// <summary>What came of a run.</summary>
public record RlmResult
{
    /// <summary>How the run ended.</summary>
    public required RlmOutcome Outcome { get; init; }

    /// <summary>
    /// The answer; null unless there is one. A list has one item a line, a list of records is a Markdown table. Where a shape was asked
    /// for, it is JSON of it.
    /// </summary>
    public string? Answer
    {
        get => Written?.ToString();
        init => Written = value is null ? null : new WrittenText(value);
    }

    /// <summary>Whether there is an answer, told without making a string of a long one.</summary>
    public bool HasAnswer => Written is not null;

    /// <summary>The answer as it was written.</summary>
    internal WrittenText? Written { get; init; }

    internal WrittenForms? Forms { get; init; }

    /// <summary>
    /// Whether the answer rests on something that was lost (<see cref="Losses"/>), or was given because steps, calls or time ran out.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>
    /// What the answer rests on without having it: failed items, rows left out, values unread, lines unmatched; empty for a whole one.
    /// </summary>
    public IReadOnlyList<RlmLoss> Losses { get; init; } = [];

    /// <summary>Why there is no answer or why it is partial, one line each; empty for a full answer.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>How the model failed that ended the run; null where none did.</summary>
    public ModelFailure? ModelFailure { get; init; }

    /// <summary>What is worth knowing of how the answer came about, one line each, such as lines that a template did not match.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// Where the answer comes from, as <c>file:line</c> or <c>file:line-line</c>, in order: the first 100; empty where the answer was computed.
    /// </summary>
    public IReadOnlyList<string> Citations { get; init; } = [];

    /// <summary>The lines that <see cref="Citations"/> name, in their order, each cut to 2,000 bytes.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];

    /// <summary>What was wrong with the program that was run by hand; empty for a root loop.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The last program that ran; null where none did.</summary>
    public string? Program { get; init; }

    /// <summary>What was used.</summary>
    public required RlmUsage Usage { get; init; }

    /// <summary>The answer in a form of <see cref="RlmOptions.Formats"/>, or as Markdown; null where there is none.</summary>
    /// <param name="format">The form.</param>
    /// <exception cref="ArgumentException">The run was not asked for it.</exception>
    public string? Write(RlmFormat format) => Written is null ? null : WrittenForms.Of(Forms, Written, format).ToString();

    /// <summary>Writes the answer in such a form, a long one without making a string of it; nothing where there is none.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="format">The form.</param>
    /// <exception cref="ArgumentException">The run was not asked for the form.</exception>
    public void WriteTo(TextWriter writer, RlmFormat format)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (Written is not null)
            WrittenForms.Of(Forms, Written, format).CopyTo(writer);
    }
}
