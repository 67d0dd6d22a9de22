
namespace Rlm.Dsl.Binding;

/// <summary>What every text knows of where it comes from.</summary>
internal enum ProvenanceKind
{
    /// <summary>The document's name.</summary>
    Name,

    /// <summary>The number of its first line, from 1.</summary>
    Line,

    /// <summary>The offset of its first byte.</summary>
    At,

    /// <summary><c>file:line</c>, or <c>file:line-line</c>.</summary>
    Cite,
}
