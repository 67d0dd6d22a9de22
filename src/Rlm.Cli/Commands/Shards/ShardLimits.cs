using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Commands.Shards;

/// <summary>What limits of all shards together leave to one of them.</summary>
internal static class ShardLimits
{
    /// <summary>The limits of one shard. Calls may be none; of any other limit each shard needs a part.</summary>
    public static RlmOptions Divide(RlmOptions options, RlmShard shard, OptionReader reader)
    {
        return options with
        {
            MaxCalls = (int)shard.PartOf(options.MaxCalls),
            MaxTokens = PartOf(options.MaxTokens, OptionCatalog.MaxTokens),
            MaxInputTokens = PartOf(options.MaxInputTokens, OptionCatalog.MaxInputTokens),
            MaxOutputTokens = PartOf(options.MaxOutputTokens, OptionCatalog.MaxOutputTokens),
            MaxCostUsd = options.MaxCostUsd / shard.Count,
            RequestsPerMinute = (int?)PartOf(options.RequestsPerMinute, OptionCatalog.RequestsPerMinute),
            TokensPerMinute = PartOf(options.TokensPerMinute, OptionCatalog.TokensPerMinute),
        };

        long? PartOf(long? all, OptionSpec option)
        {
            if (all is null || all >= shard.Count)
                return all is { } limit ? shard.PartOf(limit) : null;

            reader.Fail(Invariant($"{option.Name} {all:N0} is less than one for each of {shard.Count:N0} shards; give a greater one, or leave --divide out"));
            return all;
        }
    }
}
