using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Shards.Parts;
using Rlm.Runtime.Texts.Formats;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Shards;

/// <summary>Writes what a shard has of a program's texts, without the lines that the program has no use for.</summary>
/// <param name="program">The program, without errors.</param>
/// <param name="variables">What it was checked against.</param>
/// <param name="options">The options of its run.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class ShardMapper(RlmProgram program, VariableTable variables, RlmOptions options, CancellationToken cancellationToken)
{
    private const int BlockBytes = 1024 * 1024;

    /// <summary>Writes the part alone, of which nothing is paid; gives how many bytes the shard has, and how many are kept.</summary>
    public Task<(long Bytes, long KeptBytes)> WriteAsync(string path, RlmShard shard, long maxBytes) => PartFile.WriteAsync(
        path,
        part =>
        {
            var written = Write(part, shard, maxBytes);
            part.WriteFlag(false);
            return Task.FromResult(written);
        },
        maxBytes);

    /// <summary>Writes the lines of the part; gives how many bytes the shard has, and how many are kept.</summary>
    /// <exception cref="ArgumentException">A variable is neither a text nor a list of documents.</exception>
    /// <exception cref="TextException">A text cannot be read.</exception>
    public (long Bytes, long KeptBytes) Write(PartStream part, RlmShard shard, long maxBytes = long.MaxValue)
    {
        var contexts = variables.Contexts;
        if (contexts.FirstOrDefault(static variable => variable.Hosted is not null) is { } hosted)
            throw new ArgumentException($"`{hosted.Name}` is a value: shards are of texts and documents.");

        PartHeader.Of(program, shard, contexts).Write(part);
        var cut = ProgramCut.Of(program.Bound!, options);
        RlmVariable[] owners = [.. contexts.SelectMany(static variable => variable.Sources.Select(_ => variable))];
        var filters = contexts.ToDictionary(static variable => variable, variable => cut.FindFilters(FindSymbol(variable)));
        TextSource[] texts = [.. contexts.SelectMany(static variable => variable.Sources)];
        var shares = TextShare.Divide(texts, shard);
        long bytes = 0, keptBytes = 0;
        part.WriteNumber(shares.Count);
        foreach (var share in shares)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = share.Slice.Source;
            text.BoundAhead(share.Slice.End);
            var facts = share.IsFirst ? TextFacts.Of(text, MailMarks.HasEncodedParts(text)) : null;
            var (kept, alike) = KeptLines.Find(share, filters[owners[share.Place]], maxBytes, NewEvaluation);
            var written = PartText.Of(share, facts, kept, alike, cancellationToken);
            written.Write(part);
            foreach (var stretch in kept)
                Copy(stretch, part);
            (bytes, keptBytes) = (bytes + share.Slice.Length, keptBytes + written.Bytes);
        }

        // A part of what is being written would not fit those of other shards, or mix what was and what is.
        TextSource[] changed = [.. contexts.SelectMany(static variable => variable.Sources).Where(static text => text.Change is not null)];
        if (changed.Select(static text => text.Change!).FirstOrDefault(change => shard.Count > 1 || !change.IsGrowth) is { } change)
            throw new TextException(change.Message);
        part.WriteAll(changed, (part, text) =>
        {
            part.WriteNumber(Array.IndexOf(texts, text));
            part.WriteText(Invariant($"it grew while it was read, and its first {text.LengthBytes:N0} bytes are taken"));
        });
        return (bytes, keptBytes);
    }

    private VariableSymbol FindSymbol(RlmVariable variable) =>
        variables.Symbols.First(symbol => symbol.Name == variable.Name && symbol.Definition is null);

    private EvaluationContext NewEvaluation() => new(variables.Values, cancellationToken)
    {
        Operators = OperatorTable.ByName,
        Clock = options.TimeProvider.GetLocalNow(),
    };

    private void Copy(TextSlice stretch, PartStream part)
    {
        byte[] block = new byte[(int)Math.Min(BlockBytes, stretch.Length)];
        for (long at = stretch.Start; at < stretch.End; at += block.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = block.AsSpan(0, (int)Math.Min(block.Length, stretch.End - at));
            stretch.Source.ReadLines(at, bytes);
            part.WriteBytes(bytes);
        }
    }
}
