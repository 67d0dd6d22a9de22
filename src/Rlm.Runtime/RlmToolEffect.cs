namespace Rlm;

/// <summary>What calling a tool does outside.</summary>
public enum RlmToolEffect
{
    /// <summary>It looks something up and changes nothing.</summary>
    Reads,

    /// <summary>
    /// It changes something, such as sending a mail. Each call needs the host's consent:
    /// <see cref="RlmOptions.ConfirmToolCall"/>.
    /// </summary>
    Writes,
}
