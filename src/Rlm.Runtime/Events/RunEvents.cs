using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm;

/// <summary>A question is taken up.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Question">The question.</param>
/// <param name="PromptVersion">The first eight digits of a hash of the root's system prompt.</param>
public sealed record RunStarted(TimeSpan At, string Question, string PromptVersion) : RlmEvent(At);

/// <summary>A root turn begins.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Number">The turn, from 1.</param>
/// <param name="MaxSteps">Turns that there may be.</param>
public sealed record TurnStarted(TimeSpan At, int Number, int MaxSteps) : RlmEvent(At);

/// <summary>The root wrote a program, or somebody handed one in.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Text">The program.</param>
public sealed record ProgramStarted(TimeSpan At, string Text) : RlmEvent(At);

/// <summary>A program has errors or warnings.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Diagnostics">What was found.</param>
/// <param name="Rendered">The same as text.</param>
public sealed record DiagnosticsFound(TimeSpan At, IReadOnlyList<Diagnostic> Diagnostics, string Rendered) : RlmEvent(At);

/// <summary>A paid stage begins; its calls are reserved.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Stage">The stage as written, cut to one line.</param>
/// <param name="Calls">Calls that it will make, without re-asks.</param>
public sealed record StageStarted(TimeSpan At, string Stage, int Calls) : RlmEvent(At);

/// <summary>A call of a paid stage is over.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Done">Calls of the stage that are over.</param>
/// <param name="Calls">Calls that the stage makes; grows with re-asks.</param>
/// <param name="Failed">Calls of the stage that failed.</param>
public sealed record CallFinished(TimeSpan At, int Done, int Calls, int Failed) : RlmEvent(At);

/// <summary>A paid stage is over.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Stage">The stage as written, cut to one line.</param>
/// <param name="Calls">Calls that it made, re-asks included.</param>
/// <param name="Failed">Items without a usable reply.</param>
public sealed record StageFinished(TimeSpan At, string Stage, int Calls, int Failed) : RlmEvent(At);

/// <summary>A value is shown: a pipeline that is a statement of its own.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Schema">Type and size, such as <c>list of text, 12 items</c>.</param>
/// <param name="Text">The value, whole, as an answer would print it.</param>
/// <param name="Preview">Head and tail of it, as the root sees it.</param>
public sealed record ValueShown(TimeSpan At, string Schema, string Text, string Preview) : RlmEvent(At);

/// <summary>Something worth knowing of how a value came about.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Text">One line.</param>
public sealed record NoteAdded(TimeSpan At, string Text) : RlmEvent(At);

/// <summary>A root turn is over.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Step">The turn.</param>
public sealed record TurnFinished(TimeSpan At, RlmStep Step) : RlmEvent(At);

/// <summary>A prompt is sent to a model. A journal does not hold it.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Model">What the run calls the model: <c>root</c>, <c>sub</c>, or a name of <see cref="RlmOptions.Models"/>.</param>
/// <param name="Messages">The messages.</param>
public sealed record PromptSent(TimeSpan At, string Model, IReadOnlyList<ChatMessage> Messages) : RlmEvent(At);

/// <summary>A tool was called. A journal does not hold it.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Tool">Its name.</param>
/// <param name="Arguments">A JSON value for each parameter; null for none.</param>
/// <param name="Result">What it gave; null for none.</param>
/// <param name="Failure">What it threw, in one line; null where it did not.</param>
public sealed record ToolCalled(
    TimeSpan At, string Tool, IReadOnlyList<JsonElement?> Arguments, JsonElement? Result, string? Failure) : RlmEvent(At);

/// <summary>The run is over; the last event.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Result">What came of it.</param>
public sealed record RunFinished(TimeSpan At, RlmResult Result) : RlmEvent(At);
