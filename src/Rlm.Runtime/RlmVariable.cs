using Rlm.Dsl.Text;

namespace Rlm;

/// <summary>A variable that programs find: a text, or a list of documents.</summary>
public sealed class RlmVariable
{
    private readonly Lazy<IReadOnlyList<TextSource>> _sources;

    private RlmVariable(string name, Lazy<IReadOnlyList<TextSource>> sources, bool isDocuments)
    {
        Name = name;
        _sources = sources;
        IsDocuments = isDocuments;
    }

    /// <summary>The name in programs.</summary>
    public string Name { get; }

    /// <summary>The texts: one, or one for each document. Opens a deferred one; empty where that is not there.</summary>
    public IReadOnlyList<TextSource> Sources => _sources.Value;

    /// <summary>Whether programs see a list of documents <c>{name, text, size}</c>, even of one.</summary>
    public bool IsDocuments { get; }

    /// <summary>A variable that is one text.</summary>
    public static RlmVariable Text(string name, TextSource text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(RequireName(name), new([text]), false);
    }

    /// <summary>
    /// A variable that is one text, opened once and only when it is needed: when a program that reads it is compiled, or a root loop
    /// begins.
    /// </summary>
    /// <param name="name">The name in programs.</param>
    /// <param name="open">Opens the text; null where there is none, and then programs know no such variable.</param>
    public static RlmVariable Defer(string name, Func<TextSource?> open) =>
        new(RequireName(name), new(() => open() is { } text ? [text] : []), false);

    /// <summary>A variable that is a list of documents, in the order given.</summary>
    public static RlmVariable Documents(string name, IReadOnlyList<TextSource> documents) => new(RequireName(name), new(documents), true);

    /// <summary>Whether it has been opened, or never was to be.</summary>
    internal bool IsOpen => _sources.IsValueCreated;

    /// <summary>Whether there is something to read; opens a deferred text.</summary>
    internal bool IsThere => IsDocuments || Sources.Count > 0;

    /// <summary>Whether programs can call a variable so: letters, digits and <c>_</c>, and not a word of the language.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_')
            && name is not ("it" or "index") && !Names.Reserved.Contains(name);
    }

    private static string RequireName(string name) =>
        IsName(name)
            ? name
            : throw new ArgumentException(
                $"`{name}` is not a name for a variable: letters, digits and `_`, not starting with a digit, and not a word of the language such as `it` or `let`.",
                nameof(name));

    /// <exception cref="ArgumentException">Two have one name.</exception>
    internal static void RequireDistinct(IReadOnlyList<RlmVariable> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in variables)
        {
            if (!names.Add((variable ?? throw new ArgumentNullException(nameof(variables), "A variable is null.")).Name))
                throw new ArgumentException($"The variable `{variable.Name}` is given twice.", nameof(variables));
        }
    }
}
