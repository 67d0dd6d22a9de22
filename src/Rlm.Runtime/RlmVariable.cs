using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Hosted;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Values;

namespace Rlm;

/// <summary>A variable that programs find: a text, a list of documents, or a value of the host.</summary>
public sealed class RlmVariable
{
    private readonly Lazy<IReadOnlyList<TextSource>> _sources;
    private bool? _hasMails;

    private RlmVariable(string name, Lazy<IReadOnlyList<TextSource>> sources, bool isDocuments)
    {
        Name = name;
        _sources = sources;
        IsDocuments = isDocuments;
    }

    private RlmVariable(string name, Value value, RlmType type)
        : this(name, new(() => [WrittenValue.Of(name, type, value)]), false) => Hosted = (value, type);

    /// <summary>The name in programs.</summary>
    public string Name { get; }

    /// <summary>
    /// The texts: one, or one for each document; of any other value its JSON. Opens a deferred one; empty where that is not there.
    /// </summary>
    public IReadOnlyList<TextSource> Sources => _sources.Value;

    /// <summary>
    /// Whether programs see a list of documents <c>{name, text, size}</c>, even of one; where all are mails, of
    /// <c>{name, from, to, date, subject, text, size}</c>.
    /// </summary>
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
    public static RlmVariable Defer(string name, Func<TextSource?> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new(RequireName(name), new(() => open() is { } text ? [text] : []), false);
    }

    /// <summary>A variable that is a list of documents, in the order given. Beside mails alone, empty ones are left out.</summary>
    public static RlmVariable Documents(string name, IReadOnlyList<TextSource> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        if (documents.Contains(null!))
            throw new ArgumentNullException(nameof(documents), "A document is null.");
        return new(RequireName(name), new(LeaveOutEmpty(documents)), true);
    }

    /// <summary>A variable that is a value, of the type that the value shows.</summary>
    /// <remarks>
    /// Up to 1,000 characters stand whole in the root's prompt, of more the root sees a card. Numbers, bools, dates, times,
    /// <see cref="TimeSpan"/>, texts, enums, lists, dictionaries (a record), tuples (a list), <c>JsonElement</c> and <c>JsonNode</c>,
    /// nested as they may be. A list is read now; what the host does to it later is not seen.
    /// </remarks>
    /// <param name="name">The name in programs.</param>
    /// <param name="value">The value; null for none.</param>
    /// <exception cref="ArgumentException">Programs know no such value: an object without a <c>JsonTypeInfo</c>, bytes, or an infinite
    /// number.</exception>
    public static RlmVariable Value(string name, object? value)
    {
        var read = HostValue.Of(value);
        return new(RequireName(name), read, ValueTypes.TypeOf(read) ?? RlmType.None);
    }

    /// <summary>A variable that is a value of the host's own type, else as <see cref="Value(string, object)"/>.</summary>
    /// <param name="name">The name in programs.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is written as JSON, as a source-generated context has it; it gives fields their names and types.</param>
    /// <exception cref="ArgumentException">It is nested in more than 64 levels.</exception>
    public static RlmVariable Value<T>(string name, T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var (read, declared) = DeclaredValue.Of(value, type);
        return new(RequireName(name), read, declared);
    }

    /// <summary>A variable that is a value of a type that is given: what the generator of <see cref="RlmPipelineAttribute"/> methods calls.</summary>
    /// <param name="name">The name in programs.</param>
    /// <param name="type">
    /// Its type in the language's notation, such as <c>number</c>, <c>date?</c>, <c>list of {name: text}</c> or <c>duration</c> (in seconds).
    /// </param>
    /// <param name="json">The value as JSON; null for none, where the type allows it.</param>
    /// <exception cref="ArgumentException">The type is none of the language, or the value is not of it.</exception>
    public static RlmVariable Value(string name, string type, JsonElement? json)
    {
        ArgumentNullException.ThrowIfNull(type);
        var declared = TypeNotation.Parse(type);
        var reading = ReplyReader.Read(declared, json ?? default);
        return new(
            RequireName(name),
            reading.Value ?? throw new ArgumentException($"The variable `{name}` is not {type}: {reading.Problem}.", nameof(json)),
            declared);
    }

    /// <summary>The value and its type, where it is one of the host; null for a text that is given as such, and for documents.</summary>
    internal (Value Value, RlmType Type)? Hosted { get; }

    /// <summary>Its type in programs.</summary>
    internal RlmType Type => Hosted?.Type ?? (IsDocuments ? RlmType.ListOf(HasMails ? RlmType.Mail : RlmType.Doc) : RlmType.Text);

    /// <summary>Whether all documents are mails, as those of an empty mailbox are; rows of mails have what others have.</summary>
    internal bool HasMails => _hasMails ??= IsDocuments && Sources.All(source => source.IsMail);

    /// <summary>Whether it has been opened, or never was to be.</summary>
    internal bool IsOpen => Hosted is not null || _sources.IsValueCreated;

    /// <summary>Whether there is something to read; opens a deferred text.</summary>
    internal bool IsThere => IsDocuments || Sources.Count > 0;

    /// <summary>Whether programs can call a variable so: letters, digits and <c>_</c>, and not a word of the language.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_')
            && name is not ("it" or "index") && !Names.Reserved.Contains(name);
    }

    /// <summary>The mails alone where all else is empty, as a mailbox without mails is.</summary>
    private static IReadOnlyList<TextSource> LeaveOutEmpty(IReadOnlyList<TextSource> documents)
    {
        var mails = documents.Where(document => document.IsMail).ToList();
        bool isMailAlone = mails.Count > 0
            && documents.All(document => document is { IsMail: true } or { IsRead: true, SizeBytes: 0, Gap: null });
        return isMailAlone ? mails : documents;
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
