using Microsoft.Extensions.AI;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Shards.Parts;
using Rlm.Runtime.Texts.Opening;

namespace Rlm;

/// <summary>What shards gave of the texts of a program, from which its answer is made.</summary>
/// <remarks>
/// A session over <see cref="Variables"/> gives the answer of one machine. Lines keep the numbers that they have in the whole texts.
/// </remarks>
public sealed class RlmParts : IDisposable
{
    private readonly PartSet _parts;
    private readonly IReadOnlyList<PartReplies> _paid;

    private RlmParts(PartSet parts)
    {
        _parts = parts;
        (Variables, _paid) = parts.ReadAll();
        var replies = new Dictionary<string, ModelReply>(StringComparer.Ordinal);
        foreach (var (key, reply) in _paid.SelectMany(static part => part.Replies))
            replies.TryAdd(key, reply);
        Replies = replies;
        Paid = _paid.Count == 0 ? null : new RlmUsage
        {
            Calls = _paid.Sum(static part => part.Replies.Count),
            Tokens = _paid.SelectMany(static part => part.Replies.Values)
                .Aggregate(default(TokenCounts), static (sum, reply) => sum + reply.Tokens),
        };
    }

    /// <summary>The variables that the program was checked against, as far as it asks for them.</summary>
    public IReadOnlyList<RlmVariable> Variables { get; }

    /// <summary>The shards without a part, from 1; empty where there are all.</summary>
    public IReadOnlyList<int> Missing => _parts.Missing;

    /// <summary>What shards paid for the replies that the parts hold, which a merge takes and does not pay again; null where they asked nothing.</summary>
    public RlmUsage? Paid { get; }

    /// <summary>The model that shards asked, which a merge has to name, too; null where they asked none.</summary>
    public JournalModel? Model => _paid.Count == 0 ? null : _paid[0].Model;

    /// <summary>Why shards have no reply to some of what they asked, which the merge asks; empty where they have all.</summary>
    public IReadOnlyList<string> Unpaid =>
        [.. _paid.SelectMany(static part => part.Reasons.Select(reason => $"shard {part.Shard}: {reason}"))];

    /// <summary>The replies, by the keys of their calls.</summary>
    internal IReadOnlyDictionary<string, ModelReply> Replies { get; }

    /// <summary>Reads parts.</summary>
    /// <param name="paths">The files, in any order.</param>
    /// <param name="allowsMissing">Whether shards may be missing. What rests on their texts is partial.</param>
    /// <exception cref="TextException">
    /// One cannot be read, is damaged, is of another version, program, set of texts or number of shards, is there twice, or is missing.
    /// </exception>
    public static RlmParts Open(IReadOnlyList<string> paths, bool allowsMissing = false) => Open(paths, static _ => null, allowsMissing);

    /// <summary>Reads parts some of which are not on this machine.</summary>
    /// <param name="paths">The files, in any order.</param>
    /// <param name="find">The files that a path stands for; null for a file of this machine. Of a path with <c>*</c> or <c>?</c> those are
    /// taken whose names are like it.</param>
    /// <param name="allowsMissing">Whether shards may be missing. What rests on their texts is partial.</param>
    /// <exception cref="TextException">
    /// One cannot be read, is damaged, is of another version, program, set of texts or number of shards, is there twice, or is missing.
    /// </exception>
    public static RlmParts Open(IReadOnlyList<string> paths, Func<string, IReadOnlyList<IRlmRemoteFile>?> find, bool allowsMissing = false)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(find);
        PartPlace[] places = [.. paths.SelectMany(path => find(path) is { } files
            ? RequirePlaces(path, files)
            : [new PartPlace(path)])];
        return places.Length > 0
            ? new RlmParts(PartSet.Open(places, allowsMissing))
            : throw new ArgumentException("There is no part.", nameof(paths));
    }

    /// <summary>Whether a file that begins so is a part, as far as its first 64 bytes tell.</summary>
    public static bool IsPart(ReadOnlySpan<byte> start) => PartFile.IsPart(start);

    private static IEnumerable<PartPlace> RequirePlaces(string path, IReadOnlyList<IRlmRemoteFile> files) =>
        RemoteFiles.Select(path, files) is { Count: > 0 } found
            ? found.Select(static file => new PartPlace(file.Path, file))
            : throw new TextException($"no part is like `{path}`; name the files that shards wrote");

    /// <summary>Requires that the parts are of a program.</summary>
    /// <param name="program">The program.</param>
    /// <exception cref="TextException">They are of another one.</exception>
    public void RequireProgram(RlmProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (program.Source.Content != _parts.Program)
            throw new TextException(
                $"the part `{_parts.FirstPath}` is of another program; merge with the program that it was made with, or make all parts again");
    }

    /// <summary>Requires that a model is the one that the shards asked, since the replies of another are not the same.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="TextException">It is another one.</exception>
    internal void RequireModel(IChatClient model)
    {
        if (_paid is [var first, ..] && JournalModel.Of(model) is var own && own != first.Model)
            throw new TextException(
                $"the shards asked {first.ModelName}, and this is {PartReplies.DescribeModel(own)}; merge with the same one, so that nothing is paid twice, or make all parts again");
    }

    /// <summary>Hands on the variables as each shard had them that paid, one after the other.</summary>
    internal async Task ReadEachAsync(Func<IReadOnlyList<RlmVariable>, Task> take, CancellationToken cancellationToken)
    {
        foreach (var part in _paid)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var texts = PartFile.Read(part.Place, MergedTexts.ReadAlone);
            try
            {
                await take(texts).ConfigureAwait(false);
            }
            finally
            {
                foreach (var source in texts.SelectMany(static variable => variable.Sources))
                    source.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in Variables.SelectMany(static variable => variable.Sources))
            source.Dispose();
        _parts.Dispose();
    }
}
