namespace Rlm.Cli.CommandLine;

internal sealed record ModelArguments(string? Model, string? SubModel, string? BaseUrl)
{
    /// <summary>Whether replies are held to JSON schemas; null for what the endpoint's address says.</summary>
    public bool? KeepsToSchema { get; init; }

    public static ModelArguments Read(OptionReader reader) => new(
        reader.Text(OptionCatalog.Model),
        reader.Takes(OptionCatalog.SubModel) ? reader.Text(OptionCatalog.SubModel) : null,
        reader.Text(OptionCatalog.BaseUrl))
    {
        KeepsToSchema = reader.Takes(OptionCatalog.ReplySchema) ? SchemaOf(reader) : null,
    };

    private static bool? SchemaOf(OptionReader reader)
    {
        string text = reader.Text(OptionCatalog.ReplySchema) ?? "auto";
        if (text is not ("auto" or "on" or "off"))
            reader.Fail($"--reply-schema `{text}` is none of auto, on and off");
        return text == "auto" ? null : text == "on";
    }
}
