using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Shards.Parts;

/// <summary>What a part holds of a text: which lines of a share, and what was left out between them.</summary>
/// <param name="Place">Which text, among all texts of all variables.</param>
/// <param name="Facts">What is known of the text, which the part with its beginning says; null in any other.</param>
internal sealed record PartText(int Place, TextFacts? Facts)
{
    /// <summary>The places of the share that are not UTF-8; null for none.</summary>
    public required ShareFaults? Faults { get; init; }

    /// <summary>Which lines stood together, in order; their numbers count from the beginning of the share.</summary>
    public required IReadOnlyList<LineRun> Runs { get; init; }

    /// <summary>How many lines are kept.</summary>
    public required long Lines { get; init; }

    /// <summary>All that is left out of the share.</summary>
    public required LeftOutLines LeftOut { get; init; }

    /// <summary>How many lines that are left out say the same as a kept one, by its offset among the bytes.</summary>
    public required IReadOnlyList<(long Offset, long Count)> Alike { get; init; }

    /// <summary>How many bytes the lines have, which follow.</summary>
    public required long Bytes { get; init; }

    /// <summary>Counts what the kept stretches leave out of a share.</summary>
    /// <param name="share">The share.</param>
    /// <param name="facts">What is known of its text.</param>
    /// <param name="kept">The stretches, in order.</param>
    /// <param name="alike">How many lines that are left out say the same as one, by where it begins.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static PartText Of(
        TextShare share, TextFacts? facts, IReadOnlyList<TextSlice> kept, IReadOnlyDictionary<long, long> alike, CancellationToken cancellationToken)
    {
        var runs = new List<LineRun>();
        var leftOut = new LeftOutLines(0, 0);
        long lines = 0, at = share.Slice.Start;
        foreach (var stretch in kept)
        {
            leftOut += CountLines(share, at, stretch.Start, cancellationToken);
            runs.Add(new LineRun(lines + 1, leftOut));
            lines += LineCounter.Count(stretch, cancellationToken);
            at = stretch.End;
        }

        return new PartText(share.Place, facts)
        {
            Faults = ShareFaults.Of(share, cancellationToken),
            Runs = runs,
            Lines = lines,
            LeftOut = leftOut + CountLines(share, at, share.Slice.End, cancellationToken),
            Alike = FindOffsets(kept, alike),
            Bytes = kept.Sum(static stretch => stretch.Length),
        };
    }

    public void Write(PartStream part)
    {
        part.WriteNumber(Place);
        part.WriteOptional(Facts, WriteFacts);
        part.WriteOptional(Faults, static (part, faults) => faults.Write(part));
        part.WriteAll(Runs, static (part, run) =>
        {
            part.WriteNumber(run.FirstLine);
            WriteCount(part, run.Before);
        });
        part.WriteNumber(Lines);
        WriteCount(part, LeftOut);
        part.WriteAll(Alike, static (part, alike) =>
        {
            part.WriteNumber(alike.Offset);
            part.WriteNumber(alike.Count);
        });
        part.WriteNumber(Bytes);
    }

    public static PartText Read(PartStream part) => new((int)Math.Min(part.ReadCount(), int.MaxValue), part.ReadOptional(ReadFacts))
    {
        Faults = part.ReadOptional(ShareFaults.Read),
        Runs = part.ReadAll(static part => new LineRun(part.ReadCount(), ReadCount(part))),
        Lines = part.ReadCount(),
        LeftOut = ReadCount(part),
        Alike = part.ReadAll(static part => (part.ReadCount(), part.ReadCount())),
        Bytes = part.ReadCount(),
    };

    private static List<(long Offset, long Count)> FindOffsets(IReadOnlyList<TextSlice> kept, IReadOnlyDictionary<long, long> alike)
    {
        var offsets = new List<(long, long)>();
        long before = 0;
        int stretch = 0;
        foreach (var (start, count) in alike.OrderBy(static line => line.Key))
        {
            for (; kept[stretch].End <= start; stretch++)
                before += kept[stretch].Length;
            offsets.Add((before + start - kept[stretch].Start, count));
        }

        return offsets;
    }

    private static LeftOutLines CountLines(TextShare share, long start, long end, CancellationToken cancellationToken)
    {
        if (start == end)
            return default;

        using var lines = new LineScanner(share.Slice with { Start = start, Length = end - start }, cancellationToken);
        long all = 0, filled = 0;
        for (; lines.MoveNext(); all++)
            filled += lines.IsBlank ? 0 : 1;
        return new LeftOutLines(all, filled);
    }

    private static void WriteCount(PartStream part, LeftOutLines count)
    {
        part.WriteNumber(count.Lines);
        part.WriteNumber(count.Filled);
    }

    private static LeftOutLines ReadCount(PartStream part) => new(part.ReadCount(), part.ReadCount());

    private static void WriteFacts(PartStream part, TextFacts facts)
    {
        part.WriteText(facts.Name);
        part.WriteNumber(facts.SizeBytes);
        part.WriteNumber(facts.ModifiedUtc?.Ticks ?? -1);
        part.WriteDouble(facts.BytesPerToken);
        part.WriteOptional(facts.LikelyEncoding, static (part, text) => part.WriteText(text));
        part.WriteNumber(facts.Undecoded);
        part.WriteOptional(facts.Gap, static (part, text) => part.WriteText(text));
        part.WriteFlag(facts.HasEncodedParts);
        part.WriteFlag(facts.IsDeferred);
        part.WriteOptional(facts.Mail, static (part, mail) =>
        {
            part.WriteText(mail.From);
            part.WriteText(mail.To);
            part.WriteFlag(mail.Date is not null);
            part.WriteNumber(mail.Date?.Ticks ?? 0);
            part.WriteNumber(mail.Date?.Offset.Ticks ?? 0);
            part.WriteText(mail.Subject);
        });
        part.WriteOptional(facts.Places, static (part, places) => part.WriteAll([.. places.All], static (part, place) =>
        {
            part.WriteNumber(place.Start);
            part.WriteOptional(place.Name, static (part, name) => part.WriteText(name));
        }));
    }

    private static TextFacts ReadFacts(PartStream part) => new(part.ReadText(), part.ReadNumber())
    {
        ModifiedUtc = part.ReadNumber() is >= 0 and var ticks ? new DateTime(ticks, DateTimeKind.Utc) : null,
        BytesPerToken = part.ReadDouble(),
        LikelyEncoding = part.ReadOptional(static part => part.ReadText()),
        Undecoded = part.ReadNumber(),
        Gap = part.ReadOptional(static part => part.ReadText()),
        HasEncodedParts = part.ReadFlag(),
        IsDeferred = part.ReadFlag(),
        Mail = part.ReadOptional(ReadMail),
        Places = part.ReadOptional(ReadPlaces),
    };

    private static RlmMailHeader ReadMail(PartStream part)
    {
        string from = part.ReadText(), to = part.ReadText();
        bool hasDate = part.ReadFlag();
        long ticks = part.ReadNumber(), offset = part.ReadNumber();
        return new RlmMailHeader(from, to, hasDate ? new DateTimeOffset(ticks, new TimeSpan(offset)) : null, part.ReadText());
    }

    private static PlaceMap ReadPlaces(PartStream part)
    {
        var places = new PlaceMap();
        foreach (var (start, name) in part.ReadAll(static part => (part.ReadNumber(), part.ReadOptional(static part => part.ReadText()))))
            places.Add(start, name);
        return places;
    }
}
