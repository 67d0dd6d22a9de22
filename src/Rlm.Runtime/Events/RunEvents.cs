using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;

namespace Rlm;

/// <summary>A question is taken up.</summary>
public sealed record RunStarted : RlmEvent
{
    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>The first eight digits of a hash of the root's system prompt.</summary>
    public required string PromptVersion { get; init; }
}

/// <summary>A stage asks a root of its own, which <see cref="RlmEvent.Root"/> names.</summary>
public sealed record RootStarted : RlmEvent
{
    /// <summary>The stage's prompt, with its holes filled.</summary>
    public required string Question { get; init; }
}

/// <summary>A root that a stage asked is over.</summary>
public sealed record RootFinished : RlmEvent
{
    /// <summary>Its answer; null where it gave none.</summary>
    public required string? Answer { get; init; }

    /// <summary>Why it gave none, or what its answer lost; null for nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>Sub-calls that it took, its turns and those of roots below it included.</summary>
    public required int Calls { get; init; }
}

/// <summary>A root turn begins.</summary>
public sealed record TurnStarted : RlmEvent
{
    /// <summary>The turn, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Turns that there may be.</summary>
    public required int MaxSteps { get; init; }
}

/// <summary>The root wrote a program, or somebody handed one in.</summary>
public sealed record ProgramStarted : RlmEvent
{
    /// <summary>The program.</summary>
    public required string Text { get; init; }
}

/// <summary>A program has errors or warnings.</summary>
public sealed record DiagnosticsFound : RlmEvent
{
    /// <summary>What was found.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>The same as text.</summary>
    public required string Rendered { get; init; }
}

/// <summary>A paid stage begins; its calls are reserved.</summary>
public sealed record StageStarted : RlmEvent
{
    /// <summary>The stage as written, cut to one line.</summary>
    public required string Stage { get; init; }

    /// <summary>Calls that it will make, without re-asks.</summary>
    public required int Calls { get; init; }
}

/// <summary>A call of a paid stage is over.</summary>
public sealed record CallFinished : RlmEvent
{
    /// <summary>Calls of the stage that are over.</summary>
    public required int Done { get; init; }

    /// <summary>Calls that the stage makes; grows with re-asks.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls of the stage that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>What the run has used so far; null where nobody counted.</summary>
    public RlmUsage? Usage { get; init; }
}

/// <summary>A paid stage is over.</summary>
public sealed record StageFinished : RlmEvent
{
    /// <summary>The stage as written, cut to one line.</summary>
    public required string Stage { get; init; }

    /// <summary>Calls that it made, re-asks included.</summary>
    public required int Calls { get; init; }

    /// <summary>Items without a usable reply.</summary>
    public required int Failed { get; init; }
}

/// <summary>A value is shown: a pipeline that is a statement of its own.</summary>
public sealed record ValueShown : RlmEvent
{
    /// <summary>Type and size, such as <c>list of text, 12 items</c>.</summary>
    public required string Schema { get; init; }

    /// <summary>The value, whole, as an answer would print it.</summary>
    public required string Text
    {
        get => Written.ToString();
        init => Written = new WrittenText(value);
    }

    /// <summary>The same as it was written.</summary>
    internal WrittenText Written { get; init; } = null!;

    /// <summary>Head and tail of it, as the root sees it.</summary>
    public required string Preview { get; init; }

    /// <summary>Whether <see cref="Text"/> is the preview, since the value is longer than <see cref="RlmOptions.MaxAnswerChars"/>.</summary>
    public bool IsCut { get; init; }

    internal WrittenForms? Forms { get; init; }

    /// <summary>The value, whole, in a form of <see cref="RlmOptions.Formats"/>; as Markdown it is <see cref="Text"/>.</summary>
    /// <param name="format">The form.</param>
    /// <exception cref="ArgumentException">The run was not asked for it.</exception>
    public string Write(RlmFormat format) => WrittenForms.Of(Forms, Written, format).ToString();

    /// <summary>Writes the value in such a form, a long one without making a string of it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="format">The form.</param>
    /// <exception cref="ArgumentException">The run was not asked for the form.</exception>
    public void WriteTo(TextWriter writer, RlmFormat format)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WrittenForms.Of(Forms, Written, format).CopyTo(writer);
    }
}

/// <summary>Something worth knowing of how a value came about.</summary>
public sealed record NoteAdded : RlmEvent
{
    /// <summary>One line.</summary>
    public required string Text { get; init; }
}

/// <summary>A root turn is over.</summary>
public sealed record TurnFinished : RlmEvent
{
    /// <summary>The turn.</summary>
    public required RlmStep Step { get; init; }
}

/// <summary>A prompt is sent to a model. A journal does not hold it.</summary>
public sealed record PromptSent : RlmEvent
{
    /// <summary>What the run calls the model: <c>root</c>, <c>sub</c>, or a name of <see cref="RlmOptions.Models"/>.</summary>
    public required string Model { get; init; }

    /// <summary>The messages.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }
}

/// <summary>A tool was called. A journal does not hold it.</summary>
public sealed record ToolCalled : RlmEvent
{
    /// <summary>Its name.</summary>
    public required string Tool { get; init; }

    /// <summary>A JSON value for each parameter; null for none.</summary>
    public required IReadOnlyList<JsonElement?> Arguments { get; init; }

    /// <summary>What it gave; null for none.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>What it threw, in one line; null where it did not.</summary>
    public string? Failure { get; init; }
}

/// <summary>The part of a shard is written.</summary>
public sealed record PartWritten : RlmEvent
{
    /// <summary>How many bytes of the texts the shard has.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many of them the part keeps.</summary>
    public required long KeptBytes { get; init; }

    /// <summary>How many replies it holds.</summary>
    public required int Replies { get; init; }
}

/// <summary>The run is over; the last event.</summary>
public sealed record RunFinished : RlmEvent
{
    /// <summary>What came of it.</summary>
    public required RlmResult Result { get; init; }
}
