using Rlm.Runtime.Execution;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Shards;
using Rlm.Runtime.Telemetry;

namespace Rlm;

public sealed partial class RlmSession
{
    /// <summary>
    /// Writes what a shard gives to a program: its stretch of the texts, without the lines that the program has no use for. Nothing is paid.
    /// </summary>
    /// <remarks>All shards have to be written with the same program, texts and version. <see cref="RlmParts"/> reads them.</remarks>
    /// <param name="program">A program that this session compiled, without errors.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="path">The file, which is there when it is whole. One that is there is replaced.</param>
    /// <param name="maxBytes">The most that the file may have.</param>
    /// <param name="cancellationToken">Ends it; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>How many bytes the shard has, and how many of them the part keeps.</returns>
    /// <exception cref="ArgumentException">The program has errors or was compiled elsewhere, or a variable is a value of the host.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="TextException">A text cannot be read, or the file would have more bytes than it may.</exception>
    public async Task<(long Bytes, long KeptBytes)> MapAsync(
        RlmProgram program, RlmShard shard, string path, long maxBytes = long.MaxValue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        RequireSound(program);
        using var pass = await _gate.EnterAsync(null, cancellationToken).ConfigureAwait(false);
        var mapper = new ShardMapper(program, _variables, _options, cancellationToken);
        return await Task.Run(() => mapper.WriteAsync(path, shard, maxBytes), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The same, and asks what paid stages ask about single rows of the shard, within the limits of this session. The part holds the replies.
    /// <see cref="PartWritten"/> tells of it, and the result of what has no reply; where the model cannot be used, there is no part.
    /// </summary>
    /// <inheritdoc cref="MapAsync"/>
    public IAsyncEnumerable<RlmEvent> MapStreamingAsync(RlmProgram program, RlmShard shard, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        RequireSound(program);
        var replies = new ReplyRecorder(_options.Journal);
        return RunStream.RunAsync(RunIdentity.OfProgram(_model), _options, replies, _pace, new ReplyCache(replies), [], async (run, token) =>
        {
            using var pass = await _gate.EnterAsync(run, token).ConfigureAwait(false);
            MarkContexts(run);
            return await new ShardRun(run, ModelsOf(run), program, _variables).WriteAsync(path, shard, replies, JournalModel.Of(_model), token).ConfigureAwait(false);
        }, cancellationToken);
    }

    /// <summary>Tells where the stages of a program are run whose texts are divided into shards.</summary>
    /// <param name="program">A program without errors.</param>
    /// <exception cref="ArgumentException">The program has errors.</exception>
    public IReadOnlyList<RlmShardedStage> PlanShards(RlmProgram program)
    {
        RequireNoErrors(program);
        return ProgramCut.Of(program.Bound!, _options).TellPlaces(program.Source);
    }

    private void RequireSound(RlmProgram program)
    {
        RequireOwn(program);
        RequireNoErrors(program);
    }

    private static void RequireNoErrors(RlmProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (program.HasErrors)
            throw new ArgumentException($"The program has errors: {program.Diagnostics[0].Message}", nameof(program));
    }
}
