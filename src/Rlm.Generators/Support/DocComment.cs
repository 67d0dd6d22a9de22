using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Rlm.Generators.Support;

/// <summary>A method's documentation comment.</summary>
internal sealed class DocComment
{
    private readonly XElement? _root;

    private DocComment(XElement? root) => _root = root;

    /// <summary>The summary in one line; null where there is none.</summary>
    public string? Summary => TextOf(_root?.Element("summary"));

    /// <summary>The comment as it is written; empty for what another assembly has.</summary>
    // The compiler reads comments only where it writes a documentation file.
    public static DocComment Of(ISymbol symbol, CancellationToken cancellationToken)
    {
        var lines = symbol.DeclaringSyntaxReferences.Take(1)
            .SelectMany(reference => reference.GetSyntax(cancellationToken).GetLeadingTrivia().ToFullString().Split('\n'))
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("///", StringComparison.Ordinal))
            .Select(line => line.Substring(3));
        try
        {
            return new DocComment(XElement.Parse($"<comment>{string.Join("\n", lines)}</comment>"));
        }
        catch (XmlException)
        {
            return new DocComment(null);
        }
    }

    /// <summary>What it says of a parameter, in one line; null where it says nothing.</summary>
    public string? FindParameter(string name) =>
        TextOf(_root?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == name));

    /// <summary>A text in one line.</summary>
    public static string Fold(string text) => string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? TextOf(XElement? element) =>
        element is null ? null : Fold(string.Concat(element.DescendantNodes().Select(TextOf))) is { Length: > 0 } text ? text : null;

    /// <summary>What a reader sees of a part: an empty element stands for what it refers to.</summary>
    private static string TextOf(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } reference => ((string?)reference.Attributes().FirstOrDefault())?.Split('.', ':').Last() ?? " ",
        _ => "",
    };
}
