using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Shards;

/// <summary>A folder of parts that is gone when the test is.</summary>
internal sealed class PartFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rlm-parts-");

    /// <summary>The parts that were written last.</summary>
    public IReadOnlyList<string> Paths { get; private set; } = [];

    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes the parts of all shards, each as a process of its own would.</summary>
    public async Task<IReadOnlyList<(long Bytes, long KeptBytes)>> MapAsync(string program, Func<IReadOnlyList<RlmVariable>> variables, int count)
    {
        var shards = Enumerable.Range(1, count).Select(number => new RlmShard(number, count)).ToList();
        Paths = shards.ConvertAll(shard => PathOf($"{shard.Number}-{shard.Count}.part"));
        var written = new List<(long, long)>();
        foreach (var (shard, path) in shards.Zip(Paths))
        {
            var session = new RlmSession(new ScriptedChatClient(), variables());
            written.Add(await session.MapAsync(session.Compile(program), shard, path));
        }

        return written;
    }

    /// <summary>Writes the part of all that an owner has.</summary>
    public async Task<(string Owner, string Path)> MapOwnerAsync(string program, IReadOnlyList<RlmVariable> variables, string owner)
    {
        var session = new RlmSession(new ScriptedChatClient(), variables);
        await session.MapAsync(session.Compile(program), new RlmShard(1, 1), PathOf($"{owner}.part"));
        return (owner, PathOf($"{owner}.part"));
    }

    /// <summary>Writes the parts of all shards with what is asked about their rows; gives what came of each.</summary>
    public async Task<IReadOnlyList<RlmResult>> PayAsync(
        string program, Func<IReadOnlyList<RlmVariable>> variables, int count, IChatClient model, RlmOptions? options = null)
    {
        var shards = Enumerable.Range(1, count).Select(number => new RlmShard(number, count)).ToList();
        Paths = shards.ConvertAll(shard => PathOf($"{shard.Number}-{shard.Count}.part"));
        var results = new List<RlmResult>();
        foreach (var (shard, path) in shards.Zip(Paths))
        {
            var session = new RlmSession(model, variables(), options ?? new RlmOptions { Parallel = 1 });
            await foreach (var happened in session.MapStreamingAsync(session.Compile(program), shard, path))
            {
                if (happened is RunFinished { Result: var result })
                    results.Add(result);
            }
        }

        return results;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
