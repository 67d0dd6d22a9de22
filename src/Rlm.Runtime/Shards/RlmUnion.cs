using Rlm.Runtime.Shards.Parts;
using Rlm.Runtime.Texts.Opening;

namespace Rlm;

/// <summary>The texts of several owners, such as machines, put together from what each gave to a program of its own texts.</summary>
/// <remarks>
/// An owner writes a part of all of its texts with <see cref="RlmSession.MapAsync"/>, the only shard, over a list of documents. Here the lists
/// stand one behind the other, and a text is called <c>OWNER:NAME</c>. A session over <see cref="Variables"/> gives the answer of one machine that has
/// them all.
/// </remarks>
public sealed class RlmUnion : IDisposable
{
    private const int MostNamed = 10;

    private RlmUnion(IReadOnlyList<RlmVariable> variables, IReadOnlyList<RlmUnitedTexts> owners, IReadOnlyList<string> doubts) =>
        (Variables, Owners, Doubts) = (variables, owners, doubts);

    /// <summary>The variables that the program was checked against; lists of documents are those of all owners, any other is the first one's.</summary>
    public IReadOnlyList<RlmVariable> Variables { get; }

    /// <summary>What each owner has.</summary>
    public IReadOnlyList<RlmUnitedTexts> Owners { get; }

    /// <summary>What people should know of it, such as owners that have the same texts; empty for nothing.</summary>
    public IReadOnlyList<string> Doubts { get; }

    /// <summary>Reads the parts of owners.</summary>
    /// <param name="program">The program.</param>
    /// <param name="parts">The owners, each with the file of its part, in the order of their texts; at least one.</param>
    /// <exception cref="TextException">A part cannot be read, is damaged, or is of another version, of another program, of a shard, or of other variables.</exception>
    public static RlmUnion Open(RlmProgram program, IReadOnlyList<(string Owner, string Path)> parts)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        var headers = new List<(string Owner, PartHeader Header)>();
        var variables = new List<IReadOnlyList<RlmVariable>>();
        try
        {
            foreach (var (owner, path) in parts)
            {
                var (header, texts) = Read(program, owner, path, headers);
                headers.Add((owner, header));
                variables.Add(texts);
            }
        }
        catch
        {
            Dispose(variables.SelectMany(static each => each));
            throw;
        }

        return new RlmUnion(Unite(variables), [.. headers.Select(static each => Measure(each.Owner, each.Header))], FindDoubts(headers));
    }

    private static (PartHeader Header, IReadOnlyList<RlmVariable> Variables) Read(
        RlmProgram program, string owner, string path, List<(string Owner, PartHeader Header)> others)
    {
        using var place = new PartPlace(path);
        var header = Read(owner, place, PartHeader.Read);
        Require(program, owner, header, others.Count > 0 ? others[0] : (owner, header));
        return (header, Read(owner, place, part => MergedTexts.ReadAlone(part, $"{owner}:")));
    }

    /// <summary>Reads what an owner gave. That may be anything, so that whatever is wrong with it is the part's fault.</summary>
    private static T Read<T>(string owner, PartPlace place, Func<PartStream, T> read)
    {
        try
        {
            return PartFile.Read(place, read);
        }
        catch (TextException exception)
        {
            throw new TextException(exception.Message.Replace($"`{place.Path}`", $"of `{owner}`", StringComparison.Ordinal), exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new TextException($"the part of `{owner}` is damaged: {TextException.ToOneLine(exception)}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Dispose(Variables);

    private static void Dispose(IEnumerable<RlmVariable> variables)
    {
        foreach (var source in variables.SelectMany(static variable => variable.Sources))
            source.Dispose();
    }

    private static List<RlmVariable> Unite(List<IReadOnlyList<RlmVariable>> owners) =>
    [
        .. owners[0].Select((first, i) => first.IsDocuments
            ? RlmVariable.Documents(first.Name, [.. owners.SelectMany(owned => owned[i].Sources)])
            : first),
    ];

    private static RlmUnitedTexts Measure(string owner, PartHeader header)
    {
        var texts = header.Variables.Where(static variable => variable.IsDocuments).SelectMany(static variable => variable.Texts).ToList();
        return new(owner, texts.Count, texts.Sum(static text => text.FileBytes));
    }

    private static void Require(RlmProgram program, string owner, PartHeader header, (string Owner, PartHeader Header) first)
    {
        if (header.Version != PartHeader.CurrentVersion)
            throw new TextException($"`{owner}` has version {header.Version}, and this is {PartHeader.CurrentVersion}; take one version everywhere");
        if (header.Program != program.Source.Content)
            throw new TextException($"the part of `{owner}` is of another program");
        if (header.Shard.Count != 1)
            throw new TextException($"the part of `{owner}` is of shard {header.Shard}, and has to be of all of its texts");
        if (!header.Variables.Select(MarkOf).SequenceEqual(first.Header.Variables.Select(MarkOf)))
            throw new TextException($"the parts of `{first.Owner}` and `{owner}` are of other variables");
    }

    /// <summary>What has to be the same with all owners.</summary>
    private static (string Name, string? Hash) MarkOf(PartVariable variable) => (variable.Mark.Name, variable.IsDocuments ? null : variable.Mark.Hash);

    private static List<string> FindDoubts(List<(string Owner, PartHeader Header)> owners) =>
    [
        .. owners.GroupBy(static each => string.Join(' ', each.Header.Variables.Select(static variable => variable.Mark.Hash)))
            .Where(static alike => alike.Skip(1).Any() && alike.First().Header.Variables.Any(static variable => variable is { IsDocuments: true, Mark.Bytes: > 0 }))
            .Select(static alike => $"{string.Join(" and ", alike.Take(MostNamed).Select(static each => $"`{each.Owner}`"))}{(alike.Skip(MostNamed).Any() ? " and others" : "")} have the same texts, and each counts"),
    ];
}
