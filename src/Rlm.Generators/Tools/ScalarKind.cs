namespace Rlm.Generators.Tools;

/// <summary>The C# types without parts that the language has a counterpart for.</summary>
internal enum ScalarKind
{
    Text,
    Char,
    Guid,
    Uri,
    Whole,
    Number,
    Bool,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeSpan,
}
