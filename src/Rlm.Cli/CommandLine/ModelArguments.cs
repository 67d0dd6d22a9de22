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

    /// <summary>Where the model of paid stages is; null for where the other is.</summary>
    public string? SubBaseUrl { get; init; }

    /// <summary>The same for a program that is given: only its paid stages ask.</summary>
    public ModelArguments OfStages => this with
    {
        Model = SubModel ?? (SubBaseUrl is null ? Model : null), BaseUrl = SubBaseUrl ?? BaseUrl, SubModel = null, SubBaseUrl = null,
    };

    public static ModelArguments Read(OptionReader reader) => new(
        reader.Text(OptionCatalog.Model),
        reader.Takes(OptionCatalog.SubModel) ? reader.Text(OptionCatalog.SubModel) : null,
        reader.Text(OptionCatalog.BaseUrl))
    {
        SubBaseUrl = reader.Takes(OptionCatalog.SubBaseUrl) ? reader.Text(OptionCatalog.SubBaseUrl) : null,
        KeepsToSchema = SchemaOf(reader),
        Grammar = reader.Choice(OptionCatalog.Grammar) is { } word ? Grammars.GetValueOrDefault(word) : null,
        IsGrammarGiven = reader.Choice(OptionCatalog.Grammar) is not (null or "auto"),
    };

    private static bool? SchemaOf(OptionReader reader) => reader.Choice(OptionCatalog.ReplySchema) switch
    {
        "on" => true,
        "off" => false,
        _ => null,
    };
}
