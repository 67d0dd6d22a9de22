namespace Rlm.Cli.CommandLine;

internal sealed record ModelArguments(string? Model, string? SubModel, string? BaseUrl)
{
    public static ModelArguments Read(OptionReader reader) => new(
        reader.Text(OptionCatalog.Model),
        reader.Takes(OptionCatalog.SubModel) ? reader.Text(OptionCatalog.SubModel) : null,
        reader.Text(OptionCatalog.BaseUrl));
}
