using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>What came of a program: what it showed, its answer if it gave one, and what stopped it.</summary>
internal sealed record ProgramOutcome
{
    /// <summary>The values shown, in order.</summary>
    public IReadOnlyList<ShownValue> Shown { get; init; } = [];

    /// <summary>The rendered answer; null where no <c>answer</c> was reached.</summary>
    public WrittenText? Answer { get; init; }

    /// <summary>The answer in other forms; null where it is no more than its text.</summary>
    public WrittenForms? Forms { get; init; }

    /// <summary>Where the answer comes from.</summary>
    public IReadOnlyList<string> Citations { get; init; } = [];

    /// <summary>The lines that these name.</summary>
    public IReadOnlyList<string> Quotes { get; init; } = [];

    /// <summary>What is worth knowing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why the answer is partial; empty for a full one.</summary>
    public IReadOnlyList<RlmLoss> Losses { get; init; } = [];

    /// <summary>Why values that were shown are partial; empty for full ones.</summary>
    public IReadOnlyList<RlmLoss> ShownLosses { get; init; } = [];

    /// <summary>What was found when the program was checked, or what stopped it.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>What was run and is kept of a program that an error stopped, in one line; null where nothing is.</summary>
    public string? Kept { get; init; }

    /// <summary>Whether a limit stopped it.</summary>
    public bool IsOverBudget { get; init; }

    /// <summary>Whether it ran: of a program with an error only what stands before it does, and what is free.</summary>
    public bool WasRun { get; init; } = true;

    /// <summary>Whether a model or a text failed it.</summary>
    public bool IsFailed => Diagnostics.Any(diagnostic =>
        diagnostic.Descriptor == RuntimeDiagnostics.UnreadableText || diagnostic.Descriptor == RuntimeDiagnostics.NoUsableReply);

    /// <summary>The same with the last value that is shown as the answer, where there is none and nothing is wrong.</summary>
    /// <param name="shape">The shape that it must have.</param>
    /// <param name="source">The program.</param>
    public ProgramOutcome AnswerWithShown(AnswerShape shape, SourceText source)
    {
        if (Answer is not null || HasErrors || Shown is not [.., var last])
            return this;

        var (json, problem) = shape.Read(last.Value);
        return json is not null ? this with { Answer = new(json) } : this with
        {
            Diagnostics =
            [
                .. Diagnostics,
                new Diagnostic(
                    RuntimeDiagnostics.UnfitAnswer, new SourceSpan(0, source.Content.Length), $"{problem}; the answer must be {shape.Notation}", shape.HowToWrite),
            ],
        };
    }

    /// <summary>The same as the result of its run.</summary>
    /// <param name="source">The program.</param>
    /// <param name="usage">What the run has used.</param>
    public RlmResult ToResult(SourceText source, RlmUsage usage)
    {
        RlmLoss[] losses = [.. Losses.Concat(ShownLosses).Distinct()];
        return new RlmResult
        {
            Outcome = IsOverBudget ? RlmOutcome.LimitReached
                : IsFailed ? RlmOutcome.Failed
                : HasErrors ? RlmOutcome.ProgramErrors
                : Answer is null ? RlmOutcome.Completed : RlmOutcome.Answered,
            Written = HasErrors ? null : Answer,
            Forms = Forms,
            IsPartial = losses.Length > 0,
            Losses = losses,
            Reasons = HasErrors ? [.. Diagnostics.Select(diagnostic => diagnostic.Message)] : [.. losses.Select(loss => loss.Text)],
            Notes = Kept is null ? Notes : [.. Notes, Kept],
            Citations = Citations,
            Quotes = Quotes,
            Diagnostics = Diagnostics,
            Program = source.Content,
            Usage = usage,
        };
    }

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}

/// <summary>A value that a statement shows.</summary>
/// <param name="Statement">The statement as written.</param>
/// <param name="Value">The value.</param>
/// <param name="Schema">Its type and size.</param>
/// <param name="Preview">Its type and size, and what of it is shown.</param>
internal sealed record ShownValue(string Statement, Value Value, string Schema, string Preview);
