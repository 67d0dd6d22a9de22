namespace Rlm;

/// <summary>A place in a program's text as a person counts it.</summary>
/// <param name="Line">Line number, from 1.</param>
/// <param name="Column">Column in UTF-16 characters, from 1.</param>
public readonly record struct LinePosition(int Line, int Column);
