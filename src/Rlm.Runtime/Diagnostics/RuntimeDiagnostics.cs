using static Rlm.DiagnosticSeverity;

namespace Rlm;

/// <summary>Every diagnostic of a program that is well-formed and cannot go on with its data.</summary>
public static class RuntimeDiagnostics
{
    /// <summary>A stage's calls do not fit the budget.</summary>
    public static readonly DiagnosticDescriptor OverBudget = new(
        "RLM4101", "more calls than are left", Error, "context | lines | map llm \"?\"", "Filter first, pack rows, or raise the limit of calls.");

    /// <summary>A statement cannot be evaluated for what its data are.</summary>
    public static readonly DiagnosticDescriptor CannotEvaluate = new(
        "RLM5001", "data that do not fit", Error, "context | chunk (0 * 1) lines", "Do what the message says.");

    /// <summary>An assertion does not hold.</summary>
    public static readonly DiagnosticDescriptor AssertFailed = new(
        "RLM5002", "assertion that does not hold", Error, "assert 1 == 2", "Look at the data that the condition reads.");

    /// <summary>A text cannot be read any more.</summary>
    public static readonly DiagnosticDescriptor UnreadableText = new(
        "RLM5003", "text that cannot be read", Error, "", "Give the context again.");

    /// <summary>A paid stage has no reply that can be used.</summary>
    public static readonly DiagnosticDescriptor NoUsableReply = new(
        "RLM5004",
        "no usable reply",
        Error,
        "context | lines | map llm \"?\" as number",
        "Look at one reply, say in the prompt what to reply with, or ask another model.");

    /// <summary>The answer has not the shape that the host wants.</summary>
    public static readonly DiagnosticDescriptor UnfitAnswer = new(
        "RLM5005", "answer that does not fit", Error, "", "Write the answer as the message says, or clean its values first.");

    /// <summary>The whole table, in order of id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [OverBudget, CannotEvaluate, AssertFailed, UnreadableText,
        NoUsableReply, UnfitAnswer];
}
