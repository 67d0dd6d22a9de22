using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Rlm.Generators.Support;

/// <summary>
/// A place in a C# file. A <see cref="Location"/> holds its syntax tree, which would keep old trees alive and never compare equal.
/// </summary>
internal sealed record SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace Of(SyntaxTree tree, TextSpan span) => new(tree.FilePath, span, tree.GetLineSpan(span).Span);

    public static SourcePlace? Of(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.IsInSource) is { SourceTree: { } tree } location
            ? Of(tree, location.SourceSpan)
            : null;

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
