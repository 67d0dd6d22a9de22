using System.Text;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Rlm.Cli.Configuration;

/// <summary>A TOML file with the places of all that is in it.</summary>
internal sealed class TomlFile
{
    private const int MaxBytes = 1 << 20;

    private TomlFile(string path, string text, DocumentSyntax document) => (Path, Text, Document) = (path, text, document);

    public string Path { get; }

    public string Text { get; }

    public DocumentSyntax Document { get; }

    /// <summary>Reads a file that is there.</summary>
    /// <exception cref="MisuseException">It is not TOML, or cannot be read.</exception>
    public static TomlFile Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            // A file such as /dev/null has no length, and is read as what it gives.
            byte[] bytes = new byte[MaxBytes + 1];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > MaxBytes)
                throw new MisuseException($"{path}: it is larger than 1 MB, too large for a configuration");
            return Parse(path, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, count).TrimStart('\uFEFF'));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new MisuseException($"{path} cannot be read: {(exception is DecoderFallbackException ? "it is not UTF-8" : exception.Message)}");
        }
    }

    /// <summary>Reads a text as if it were in that file.</summary>
    /// <exception cref="MisuseException">It is not TOML.</exception>
    public static TomlFile Parse(string path, string text)
    {
        var document = SyntaxParser.Parse(text, path, validate: true);
        if (document.Diagnostics.FirstOrDefault(message => message.Kind == DiagnosticMessageKind.Error) is { } error)
            throw Misuse(path, error.Span.Start, $"it is not TOML: {error.Message.TrimEnd('.')}");
        return new(path, text, document);
    }

    /// <summary>Where something stands.</summary>
    public string OriginOf(SyntaxNodeBase node) => Origin(Path, node.Span.Start);

    public MisuseException Misuse(SyntaxNodeBase node, string problem) => Misuse(Path, node.Span.Start, problem);

    /// <summary>The text of a value, as a command line would have it; null for a list or a table.</summary>
    public static string? TextOf(ValueSyntax? value) => value switch
    {
        StringValueSyntax text => text.Value ?? "",
        BooleanValueSyntax flag => flag.Value ? "true" : "false",
        IntegerValueSyntax whole => Invariant($"{whole.Value}"),
        FloatValueSyntax { Token.Text: { } amount } => amount.Replace("_", "", StringComparison.Ordinal),
        _ => null,
    };

    /// <summary>The name of a key that is one word; null for one with dots.</summary>
    public static string? NameOf(KeySyntax? key) => key?.DotKeys.ChildrenCount == 0 ? TextOf(key.Key) : null;

    /// <summary>A word of a key.</summary>
    public static string TextOf(BareKeyOrStringValueSyntax? key) => key switch
    {
        BareKeySyntax { Key.Text: { } bare } => bare,
        StringValueSyntax { Value: { } text } => text,
        _ => "",
    };

    /// <summary>A text as TOML writes it.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(character) => Invariant($"\\u{(int)character:X4}"),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static MisuseException Misuse(string path, TextPosition place, string problem) => new($"{Origin(path, place)}: {problem}");

    private static string Origin(string path, TextPosition place) => Invariant($"{path}:{place.Line + 1}:{place.Column + 1}");
}
