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

    /// <summary>The model's window; null for what its server says.</summary>
    public int? WindowTokens { get; init; }

    /// <summary>That of <see cref="SubModel"/>; null for the same.</summary>
    public int? SubWindowTokens { get; init; }

    /// <summary>Whether the offline model is one only where it is named.</summary>
    public bool IsOfflineNamed { get; init; }

    /// <summary>Where the model of paid stages is; null for where the other is.</summary>
    public string? SubBaseUrl { get; init; }

    /// <summary>The name of the key of the endpoint; null for what the environment has.</summary>
    public string? Key { get; init; }

    /// <summary>The name of the key of <see cref="SubBaseUrl"/>; null for what the environment has.</summary>
    public string? SubKey { get; init; }

    /// <summary>Where the model and the address were set: an option, or a key of a configuration.</summary>
    public (string Model, string BaseUrl) Sources { get; init; } = (OptionCatalog.Model.Name, OptionCatalog.BaseUrl.Name);

    /// <summary>The same of the model of paid stages.</summary>
    public (string Model, string BaseUrl) SubSources { get; init; } = (OptionCatalog.SubModel.Name, OptionCatalog.SubBaseUrl.Name);

    /// <summary>What messages call the options, and where their values were set.</summary>
    public IReadOnlyDictionary<string, string> OptionNames => NamesOf(OptionCatalog.Model, OptionCatalog.BaseUrl, Sources);

    /// <summary>The same of the model of paid stages.</summary>
    public IReadOnlyDictionary<string, string> SubOptionNames => NamesOf(OptionCatalog.SubModel, OptionCatalog.SubBaseUrl, SubSources);

    /// <summary>Whether the command line names the model of every call, whatever a configuration says of stages.</summary>
    private bool IsOfAllCalls { get; init; }

    /// <summary>The same for the model of paid stages beside a root, which writes no programs.</summary>
    public ModelArguments OfSub => this with { Grammar = null, IsGrammarGiven = true, WindowTokens = SubWindowTokens ?? WindowTokens };

    /// <summary>The same for a program that is given: only its paid stages ask.</summary>
    public ModelArguments OfStages
    {
        get
        {
            var own = this with { SubModel = null, SubBaseUrl = null, SubKey = null, WindowTokens = SubWindowTokens ?? WindowTokens };
            return IsOfAllCalls ? own
                : SubBaseUrl is null ? own with { Model = SubModel ?? Model }
                : own with { Model = SubModel, BaseUrl = SubBaseUrl, Key = SubKey, Sources = SubSources };
        }
    }

    /// <summary>A model and a key that a configuration names belong to its address, so one on the command line goes without them.</summary>
    public static ModelArguments Read(OptionReader reader)
    {
        bool hasPlace = reader.IsGiven(OptionCatalog.BaseUrl), hasSubPlace = reader.IsGiven(OptionCatalog.SubBaseUrl);
        string? subUrl = reader.Text(OptionCatalog.SubBaseUrl);
        bool isSubOfPlace = hasSubPlace || (hasPlace && subUrl is null);
        bool isOfAllCalls = (hasPlace || reader.IsGiven(OptionCatalog.Model)) && !hasSubPlace && !reader.IsGiven(OptionCatalog.SubModel);
        var arguments = new ModelArguments(
            reader.Text(OptionCatalog.Model, isGivenAlone: hasPlace),
            reader.Text(OptionCatalog.SubModel, isGivenAlone: isSubOfPlace),
            reader.Text(OptionCatalog.BaseUrl))
        {
            Sources = (reader.SourceOf(OptionCatalog.Model), reader.SourceOf(OptionCatalog.BaseUrl)),
            SubSources = (reader.SourceOf(OptionCatalog.SubModel), reader.SourceOf(OptionCatalog.SubBaseUrl)),
            SubBaseUrl = subUrl,
            Key = reader.Text(OptionCatalog.Key, isGivenAlone: hasPlace),
            SubKey = reader.Text(OptionCatalog.SubKey, isGivenAlone: hasSubPlace),
            WindowTokens = ReadWindow(OptionCatalog.Window, hasPlace || reader.IsGiven(OptionCatalog.Model)),
            SubWindowTokens = ReadWindow(OptionCatalog.SubWindow, isSubOfPlace || isOfAllCalls || reader.IsGiven(OptionCatalog.SubModel)),
            IsOfAllCalls = isOfAllCalls,
            KeepsToSchema = SchemaOf(reader),
            Grammar = reader.Choice(OptionCatalog.Grammar) is { } word ? Grammars.GetValueOrDefault(word) : null,
            IsGrammarGiven = reader.Choice(OptionCatalog.Grammar) is not (null or "auto"),
        };
        if (arguments is { Key: not null, BaseUrl: null } or { SubKey: not null, SubBaseUrl: null })
            reader.Fail("--key needs --base-url, and --sub-key needs --sub-base-url: a key is for an address");
        return arguments;

        // That of a configuration is of the model there.
        int? ReadWindow(OptionSpec option, bool isOfAnotherModel) => (int?)reader.Whole(option, 1_024, 100_000_000, isOfAnotherModel);
    }

    private static Dictionary<string, string> NamesOf(OptionSpec model, OptionSpec baseUrl, (string Model, string BaseUrl) sources) => new()
    {
        ["model"] = model.Name,
        ["baseUrl"] = baseUrl.Name,
        ["modelSource"] = sources.Model,
        ["baseUrlSource"] = sources.BaseUrl,
    };

    private static bool? SchemaOf(OptionReader reader) => reader.Choice(OptionCatalog.ReplySchema) switch
    {
        "on" => true,
        "off" => false,
        _ => null,
    };
}
