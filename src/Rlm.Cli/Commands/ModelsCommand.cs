using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm models</c>: what the endpoint offers.</summary>
internal sealed class ModelsCommand() : Verb(
    "models", "[options]", "list what the endpoint offers, and whether it answers",
    "The endpoint is chosen as for `ask`. The model that would be used is marked with *.",
    [Model, BaseUrl, Key, Profile, NoConfiguration, .. Common],
    [
        ("rlm models", "what the environment leads to"),
        ("rlm models --base-url http://127.0.0.1:11434/v1", "a server on this machine"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        var models = ModelArguments.Read(reader);
        if (reader.Words.Count > 0)
            reader.Fail($"`{reader.Words[0]}` is one argument too many");
        return new ModelsInvocation(models, OutputArguments.Read(reader));
    }
}

internal sealed record ModelsInvocation(ModelArguments Models, OutputArguments Output) : Invocation
{
    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var status = new StatusWriter(host, Output);
        using var http = ModelHttp.CreateClient();
        var chooser = new ModelChooser(http, ModelKeys.WithKey(host, Models.Key), Models.OptionNames);

        // A base URL without a model need not lead to one model to be listed.
        var selection = Models is { Model: null, BaseUrl: { } url } && host.Variable("RLM_MODEL") is null or ""
            ? new(chooser.FindEndpoint(url), "")
            : await chooser.ChooseAsync(Models.Model, Models.BaseUrl, cancellationToken).ConfigureAwait(false);
        if (selection.Reason.Length > 0)
            status.Tell(selection.Reason);
        if (selection.Endpoint is not { } endpoint)
        {
            host.Output.WriteLine($"* {ModelChooser.Offline}");
            return ExitCodes.Answered;
        }

        var offered = await ModelCatalog.ListAsync(http, endpoint, cancellationToken: cancellationToken).ConfigureAwait(false);
        string chosen = endpoint.Model.Length == 0 && offered is [var only] ? only.Id : endpoint.Model;
        if (endpoint.Model.Length == 0 && chosen.Length > 0)
            selection = await chooser.ChooseAtAsync(endpoint, chosen, cancellationToken).ConfigureAwait(false);
        int width = offered.Select(listing => listing.Id.Length).DefaultIfEmpty(0).Max();
        foreach (var listing in offered.OrderBy(listing => listing.Id, StringComparer.Ordinal))
        {
            // What the server gives a prompt goes before what the model was trained with.
            string window = ((listing.Id == chosen ? selection.WindowTokens : null) ?? listing.WindowTokens) is { } tokens ? Invariant($"  {tokens:N0} tokens") : "";
            host.Output.WriteLine($"{(listing.Id == chosen ? "* " : "  ")}{listing.Id.PadRight(window.Length > 0 ? width : 0)}{window}");
        }

        if (offered.Count == 0)
            status.Tell("the endpoint answers and lists no model");
        else if (endpoint.Model.Length > 0 && offered.All(listing => listing.Id != endpoint.Model))
            status.Tell($"`{endpoint.Model}` is not among them");
        return ExitCodes.Answered;
    }
}
