using Rlm.Runtime.Texts;

namespace Rlm.Runtime;

/// <summary>A variable that programs find: a text, or a list of documents.</summary>
public sealed class RlmVariable
{
    private RlmVariable(string name, IReadOnlyList<TextSource> sources, bool isDocuments)
    {
        Name = name;
        Sources = sources;
        IsDocuments = isDocuments;
    }

    /// <summary>The name in programs.</summary>
    public string Name { get; }

    /// <summary>The texts: one, or one for each document.</summary>
    public IReadOnlyList<TextSource> Sources { get; }

    /// <summary>Whether programs see a list of documents <c>{name, text, size}</c>, even of one.</summary>
    public bool IsDocuments { get; }

    /// <summary>A variable that is one text.</summary>
    public static RlmVariable Text(string name, TextSource text) => new(Checked(name), [text], false);

    /// <summary>A variable that is a list of documents, in the order given.</summary>
    public static RlmVariable Documents(string name, IReadOnlyList<TextSource> documents) => new(Checked(name), documents, true);

    private static string Checked(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_') && name is not ("it" or "index")
            ? name
            : throw new ArgumentException($"`{name}` is not a name for a variable: letters, digits and `_`, not starting with a digit, and not `it` or `index`.", nameof(name));
}
