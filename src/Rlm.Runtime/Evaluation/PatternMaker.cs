using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Texts.Matching;

namespace Rlm.Runtime.Evaluation;

/// <summary>Makes what finds a program's patterns; one that cannot be made is an error where it stands.</summary>
internal static class PatternMaker
{
    /// <exception cref="EvaluationException">The pattern is not a regex, or linear time cannot do it.</exception>
    public static T Make<T>(BoundPattern pattern, Func<BoundPattern, T> make)
    {
        try
        {
            return make(pattern);
        }
        catch (PatternException exception)
        {
            throw new EvaluationException(pattern.Span, exception.Message, exception.Help);
        }
    }
}
