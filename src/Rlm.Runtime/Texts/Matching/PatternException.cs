namespace Rlm.Runtime.Texts.Matching;

/// <summary>A pattern is not a regex, or linear time cannot do it.</summary>
/// <param name="message">What is wrong with it, in one line.</param>
/// <param name="help">What to write instead, in one line.</param>
internal sealed class PatternException(string message, string help) : Exception(message)
{
    public string Help { get; } = help;
}
