namespace Rlm.Runtime.Texts.Sources;

/// <summary>Lines of a reduced text that followed each other in the text, up to the next run.</summary>
/// <param name="FirstLine">The number of the first one in the reduced text, from 1.</param>
/// <param name="Before">What was left out of the text before it.</param>
internal readonly record struct LineRun(long FirstLine, LeftOutLines Before);
