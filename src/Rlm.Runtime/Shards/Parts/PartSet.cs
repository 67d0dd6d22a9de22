using Rlm.Runtime.Texts.Opening;

namespace Rlm.Runtime.Shards.Parts;

/// <summary>The parts of one program over one set of texts, in the order of their shards.</summary>
internal sealed class PartSet : IDisposable
{
    private const int MostNamed = 10;

    private readonly IReadOnlyList<(PartPlace Place, PartHeader Header)> _parts;

    private PartSet(IReadOnlyList<(PartPlace Place, PartHeader Header)> parts) => _parts = parts;

    private PartHeader First => _parts[0].Header;

    /// <summary>The program that they were made of.</summary>
    public string Program => First.Program;

    /// <summary>A part, for what is said of all of them.</summary>
    public string FirstPath => _parts[0].Place.Path;

    /// <summary>The shards without a part.</summary>
    public IReadOnlyList<int> Missing { get; private init; } = [];

    /// <summary>Reads what parts say of themselves, and requires that they are of one whole.</summary>
    /// <exception cref="TextException">One cannot be read, does not fit the others, or is missing.</exception>
    public static PartSet Open(IReadOnlyList<PartPlace> places, bool allowsMissing)
    {
        var parts = places
            .Select(static place => (Place: place, Header: PartFile.Read(place, PartHeader.Read)))
            .OrderBy(static part => part.Header.Shard.Number)
            .ToList();
        var first = parts[0];
        foreach (var part in parts)
            RequireSame(first, part);
        foreach (var (part, next) in parts.Zip(parts.Skip(1)))
        {
            if (part.Header.Shard == next.Header.Shard)
                throw new TextException($"`{part.Place.Path}` and `{next.Place.Path}` are both of shard {part.Header.Shard}; leave one of them out");
        }

        int[] missing = [.. Enumerable.Range(1, first.Header.Shard.Count).Except(parts.Select(static part => part.Header.Shard.Number))];
        return missing.Length == 0 || allowsMissing
            ? new PartSet(parts) { Missing = missing }
            : throw new TextException(
                $"{TellMissing(missing, first.Header.Shard.Count)}; make {(missing.Length == 1 ? "its part" : "their parts")}, or ask for an answer without {(missing.Length == 1 ? "it" : "them")}");
    }

    /// <summary>The variables, put together from all parts, and what the shards paid for. Their texts have to live as long as they are used.</summary>
    /// <exception cref="TextException">A part is damaged, or two asked different models.</exception>
    public (IReadOnlyList<RlmVariable> Variables, IReadOnlyList<PartReplies> Replies) ReadAll()
    {
        using var texts = new MergedTexts(First.Variables);
        var paid = new List<PartReplies>();
        foreach (var (place, header) in _parts)
        {
            if (PartFile.Read(place, part => ReadTexts(part, texts)) is { } replies)
                paid.Add(replies with { Place = place, Shard = header.Shard });
        }

        if (paid.Find(replies => replies.Model != paid[0].Model) is { } other)
            throw new TextException(
                $"`{paid[0].Path}` and `{other.Path}` have the replies of two models, {paid[0].ModelName} and {other.ModelName}; make all parts with one");
        string?[] gaps = FindGaps([.. First.Variables.SelectMany(static variable => variable.Texts).Select(static text => text.FileBytes)]);
        return (texts.ToVariables(place => gaps[place]), paid);
    }

    public void Dispose()
    {
        foreach (var (place, _) in _parts)
            place.Dispose();
    }

    private static PartReplies? ReadTexts(PartStream part, MergedTexts texts)
    {
        PartHeader.Read(part);
        texts.Add(part);
        return part.ReadOptional(PartReplies.Read);
    }

    /// <summary>What is missing of each text.</summary>
    private string?[] FindGaps(List<long> sizes)
    {
        string?[] gaps = new string?[sizes.Count];
        int count = First.Shard.Count;
        long all = sizes.Sum(), origin = 0;
        for (int i = 0; i < sizes.Count; origin += sizes[i], i++)
        {
            int[] missing = [.. Missing.Where(number => (Int128)all * (number - 1) / count < origin + sizes[i] && (Int128)all * number / count > origin)];
            if (missing.Length > 0)
                gaps[i] = $"{TellMissing(missing, count)}, and what stands behind is numbered without {(missing.Length == 1 ? "its" : "their")} lines";
        }

        return gaps;
    }

    private static string TellMissing(int[] missing, int count) => missing.Length == 1
        ? Invariant($"shard {missing[0]} of {count} is missing")
        : Invariant($"shards {string.Join(", ", missing.Take(MostNamed))}{(missing.Length > MostNamed ? ", …" : "")} of {count} are missing");

    private static void RequireSame((PartPlace Place, PartHeader Header) first, (PartPlace Place, PartHeader Header) part)
    {
        if (part.Header.Version != PartHeader.CurrentVersion)
            throw new TextException(
                $"the part `{part.Place.Path}` was written by version {part.Header.Version}, and this is {PartHeader.CurrentVersion}; make all parts, and merge them, with one version");
        if (part.Header.Shard.Count != first.Header.Shard.Count)
            throw new TextException(
                $"`{part.Place.Path}` is of shard {part.Header.Shard}, and `{first.Place.Path}` of {first.Header.Shard}; make all parts with one number of shards");
        if (part.Header.Program != first.Header.Program)
            throw new TextException($"`{part.Place.Path}` and `{first.Place.Path}` are of two programs; make all parts with one");
        if (!part.Header.Variables.Select(static variable => (variable.Mark, variable.IsDocuments))
            .SequenceEqual(first.Header.Variables.Select(static variable => (variable.Mark, variable.IsDocuments))))
            throw new TextException(
                $"`{part.Place.Path}` and `{first.Place.Path}` are of texts that are not the same{TellDifference(first, part)}; make all parts from the same files, with the same times of their last change");
    }

    /// <summary>The first text that is another one, by name or size; nothing where both are alike.</summary>
    private static string TellDifference((PartPlace Place, PartHeader Header) first, (PartPlace Place, PartHeader Header) part)
    {
        var texts = first.Header.Variables.SelectMany(static variable => variable.Texts);
        var others = part.Header.Variables.SelectMany(static variable => variable.Texts);
        foreach (var (text, other) in texts.Zip(others))
        {
            if (text.Name != other.Name)
                return $": where one has `{text.Name}`, the other has `{other.Name}`";
            if (text.FileBytes != other.FileBytes)
                return Invariant($": `{text.Name}` has {other.FileBytes:N0} bytes in the one and {text.FileBytes:N0} in the other");
        }

        return "";
    }
}
