namespace Rlm.Cli.CommandLine;

internal sealed record ModelArguments(string? Model, string? SubModel, string? BaseUrl)
{
    private static readonly Dictionary<string, GrammarParameter> Grammars = new(StringComparer.Ordinal)
    {
        ["llama.cpp"] = GrammarParameter.LlamaCpp,
        ["vllm"] = GrammarParameter.Vllm,
        ["custom-tool"] = GrammarParameter.CustomTool,
    };

    /// <summary>Whether replies are held to JSON schemas; null for what the endpoint's address says.</summary>
    public bool? KeepsToSchema { get; init; }

    /// <summary>How the server takes a grammar; null for not at all.</summary>
    public GrammarParameter? Grammar { get; init; }

    /// <summary>Whether that was said; else it is what the server says of itself.</summary>
    public bool IsGrammarGiven { get; init; }

    public static ModelArguments Read(OptionReader reader) => new(
        reader.Text(OptionCatalog.Model),
        reader.Takes(OptionCatalog.SubModel) ? reader.Text(OptionCatalog.SubModel) : null,
        reader.Text(OptionCatalog.BaseUrl))
    {
        KeepsToSchema = reader.Takes(OptionCatalog.ReplySchema) ? SchemaOf(reader) : null,
        Grammar = WordOfGrammar(reader) is { } word ? Grammars.GetValueOrDefault(word) : null,
        IsGrammarGiven = WordOfGrammar(reader) is not (null or "auto"),
    };

    private static string? WordOfGrammar(OptionReader reader)
    {
        string? word = reader.Takes(OptionCatalog.Grammar) ? reader.Text(OptionCatalog.Grammar) ?? "auto" : null;
        if (word is not (null or "auto" or "off") && !Grammars.ContainsKey(word))
            reader.Fail($"--grammar `{word}` is none of auto, off, {string.Join(", ", Grammars.Keys.SkipLast(1))} and {Grammars.Keys.Last()}");
        return word;
    }

    private static bool? SchemaOf(OptionReader reader)
    {
        string text = reader.Text(OptionCatalog.ReplySchema) ?? "auto";
        if (text is not ("auto" or "on" or "off"))
            reader.Fail($"--reply-schema `{text}` is none of auto, on and off");
        return text == "auto" ? null : text == "on";
    }
}
