using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Shards.Parts;

namespace Rlm.Runtime.Shards;

/// <summary>A run that writes the part of a shard: its lines first, then what is asked about its rows.</summary>
/// <param name="run">The run.</param>
/// <param name="models">The models.</param>
/// <param name="program">The program.</param>
/// <param name="variables">What it was checked against.</param>
internal sealed class ShardRun(RunContext run, SubModels models, RlmProgram program, VariableTable variables)
{
    public Task<RlmResult> WriteAsync(
        string path, RlmShard shard, ReplyRecorder replies, JournalModel model, CancellationToken cancellationToken) => PartFile.WriteAsync(path, async part =>
    {
        var (bytes, keptBytes) = new ShardMapper(program, variables, run.Options, cancellationToken).Write(part, shard);
        var texts = part.ReadBack(PartFile.HeaderOffset, MergedTexts.ReadAlone);
        try
        {
            var (reasons, isOverLimit) = await new ShardCalls(run, models, program, variables).AskAsync(texts, cancellationToken).ConfigureAwait(false);
            part.WriteOptional(new PartReplies(model, replies.Replies, reasons), static (part, replies) => replies.Write(part));
            run.Emit(new PartWritten { At = run.Elapsed, Bytes = bytes, KeptBytes = keptBytes, Replies = replies.Replies.Count });
            return new RlmResult
            {
                Outcome = isOverLimit ? RlmOutcome.LimitReached : RlmOutcome.Completed,
                IsPartial = reasons.Count > 0,
                Reasons = reasons,
                Program = program.Source.Content,
                Usage = run.Usage,
            };
        }
        finally
        {
            foreach (var source in texts.SelectMany(static variable => variable.Sources))
                source.Dispose();
        }
    });
}
