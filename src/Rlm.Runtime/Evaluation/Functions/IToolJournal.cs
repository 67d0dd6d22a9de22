namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>A journal as tools that write see it.</summary>
internal interface IToolJournal
{
    /// <summary>What is known of the next call with this key, which is taken once; null for nothing.</summary>
    HeldToolCall? TakeToolCall(string key);

    /// <summary>Writes down that a call begins, before it is made.</summary>
    void WriteToolCall(string key, string tool, TimeSpan at);

    /// <summary>Writes down what came of a call, or why it was not made.</summary>
    void Write(ToolOutcome outcome, TimeSpan at);
}
