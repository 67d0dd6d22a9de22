namespace Rlm.Cli.Output;

/// <summary>Where the stages of a program run where shards do, a line each.</summary>
internal static class ShardPlaces
{
    public static IEnumerable<string> LinesOf(IEnumerable<RlmShardedStage> stages) =>
        stages.Select(static stage => $"{NameOf(stage.Place),-13}  {stage.Stage}{(stage.IsPaid ? ", paid" : "")}");

    public static string NameOf(RlmShardPlace place) => place switch
    {
        RlmShardPlace.OnTheShards => "on the shards",
        RlmShardPlace.Merged => "merged",
        _ => "here",
    };
}
