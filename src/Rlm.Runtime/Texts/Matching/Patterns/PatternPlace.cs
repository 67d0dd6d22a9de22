namespace Rlm.Runtime.Texts.Matching.Patterns;

/// <summary>A place that a regex can ask for.</summary>
internal enum PatternPlace
{
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
}
