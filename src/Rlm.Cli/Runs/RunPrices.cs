using Microsoft.Extensions.AI;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Runs;

/// <summary>The prices of a run's models.</summary>
internal static class RunPrices
{
    /// <summary>The options with prices: --price holds for every model, else the file and what is built in.</summary>
    public static RlmOptions Add(RlmOptions options, RunArguments run, CliHost host)
    {
        string? path = run.PricesPath ?? host.Variable("RLM_PRICES");
        return options.Price is null
            ? options with { Prices = PriceTable.Read(string.IsNullOrWhiteSpace(path) ? null : path) }
            : options;
    }

    /// <exception cref="MisuseException">A model of a run with --max-cost has no price.</exception>
    public static void RequireKnown(RlmOptions options, ModelConnection models)
    {
        if (options.MaxCostUsd is null)
            return;

        string? unknown = new[] { models.Root, models.Sub }
            .Where(client => client is not OfflineChatClient)
            .Select(client => (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId ?? "")
            .FirstOrDefault(name => options.PriceOf(name) is null);
        if (unknown is not null)
        {
            throw new MisuseException(
                $"--max-cost needs the price of `{unknown}`, which is not known: give --price IN/OUT, US dollars for a million tokens, "
                + $"or a line `{unknown} IN/OUT` in the file of --prices");
        }
    }
}
