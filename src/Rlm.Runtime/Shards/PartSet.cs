namespace Rlm.Runtime.Shards;

/// <summary>The parts of one program over one set of texts, in the order of their shards.</summary>
internal sealed class PartSet
{
    private const int MostNamed = 10;

    private readonly IReadOnlyList<(string Path, PartHeader Header)> _parts;

    private PartSet(IReadOnlyList<(string Path, PartHeader Header)> parts) => _parts = parts;

    private PartHeader First => _parts[0].Header;

    /// <summary>The program that they were made of.</summary>
    public string Program => First.Program;

    /// <summary>A part, for what is said of all of them.</summary>
    public string FirstPath => _parts[0].Path;

    /// <summary>The shards without a part.</summary>
    public IReadOnlyList<int> Missing { get; private init; } = [];

    /// <summary>Reads what parts say of themselves, and requires that they are of one whole.</summary>
    /// <exception cref="TextException">One cannot be read, does not fit the others, or is missing.</exception>
    public static PartSet Open(IReadOnlyList<string> paths, bool allowsMissing)
    {
        var parts = paths
            .Select(static path => (Path: path, Header: PartFile.Read(path, PartHeader.Read)))
            .OrderBy(static part => part.Header.Shard.Number)
            .ToList();
        var first = parts[0];
        foreach (var part in parts)
            RequireSame(first, part);
        foreach (var (part, next) in parts.Zip(parts.Skip(1)))
        {
            if (part.Header.Shard == next.Header.Shard)
                throw new TextException($"`{part.Path}` and `{next.Path}` are both of shard {part.Header.Shard}; leave one of them out");
        }

        int[] missing = [.. Enumerable.Range(1, first.Header.Shard.Count).Except(parts.Select(static part => part.Header.Shard.Number))];
        return missing.Length == 0 || allowsMissing
            ? new PartSet(parts) { Missing = missing }
            : throw new TextException(
                $"{TellMissing(missing, first.Header.Shard.Count)}; make {(missing.Length == 1 ? "its part" : "their parts")}, or ask for an answer without {(missing.Length == 1 ? "it" : "them")}");
    }

    /// <summary>The variables, put together from all parts. Their texts have to live as long as they are used.</summary>
    /// <exception cref="TextException">A part is damaged.</exception>
    public IReadOnlyList<RlmVariable> ReadVariables()
    {
        var all = First.Variables.SelectMany(static variable => variable.Texts).ToList();
        var texts = all.ConvertAll(static text => new MergedText(text.Name, text.FileBytes));
        try
        {
            foreach (var (path, _) in _parts)
                PartFile.Read(path, part => ReadTexts(part, texts));

            string?[] gaps = FindGaps(all.ConvertAll(static text => text.FileBytes));
            var sources = new Queue<TextSource>(texts.Select((text, i) => text.ToSource(gaps[i])));
            return [.. First.Variables.Select(variable => variable.IsDocuments
                ? RlmVariable.Documents(variable.Mark.Name, [.. variable.Texts.Select(_ => sources.Dequeue())])
                : RlmVariable.Text(variable.Mark.Name, sources.Dequeue()))];
        }
        finally
        {
            foreach (var text in texts)
                text.Dispose();
        }
    }

    private static int ReadTexts(PartStream part, List<MergedText> texts)
    {
        PartHeader.Read(part);
        int count = (int)part.ReadNumber();
        for (int i = 0; i < count; i++)
        {
            var text = PartText.Read(part);
            texts[text.Place].Add(text, part);
        }

        return count;
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

    private static void RequireSame((string Path, PartHeader Header) first, (string Path, PartHeader Header) part)
    {
        if (part.Header.Version != PartHeader.CurrentVersion)
            throw new TextException(
                $"the part `{part.Path}` was written by version {part.Header.Version}, and this is {PartHeader.CurrentVersion}; make all parts, and merge them, with one version");
        if (part.Header.Shard.Count != first.Header.Shard.Count)
            throw new TextException(
                $"`{part.Path}` is of shard {part.Header.Shard}, and `{first.Path}` of {first.Header.Shard}; make all parts with one number of shards");
        if (part.Header.Program != first.Header.Program)
            throw new TextException($"`{part.Path}` and `{first.Path}` are of two programs; make all parts with one");
        if (!part.Header.Variables.Select(static variable => (variable.Mark, variable.IsDocuments))
            .SequenceEqual(first.Header.Variables.Select(static variable => (variable.Mark, variable.IsDocuments))))
            throw new TextException(
                $"`{part.Path}` and `{first.Path}` are of texts that are not the same; make all parts from the same files, with the same times of their last change");
    }
}
