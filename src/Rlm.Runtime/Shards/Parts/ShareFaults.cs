using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Shards.Parts;

/// <summary>The places of a share that are not UTF-8.</summary>
/// <param name="Count">How many there are, as far as they are told apart.</param>
/// <param name="FirstLine">The line of the first of them, from the beginning of the share.</param>
/// <param name="LikelyEncoding">What the text looks like by what was read; null for UTF-8.</param>
internal sealed record ShareFaults(int Count, long FirstLine, string? LikelyEncoding)
{
    /// <summary>Those of a share that was read; null for none.</summary>
    public static ShareFaults? Of(TextShare share, CancellationToken cancellationToken)
    {
        var (source, from, _) = share.Slice;
        var faults = source.Faults;
        int count = faults.Offsets.Count(IsInside);
        if (count == 0)
            return null;

        // Of more than are told apart, the first is known by itself.
        long first = faults.First is { } known && IsInside(known) ? known : faults.Offsets.Where(IsInside).Min();
        return new ShareFaults(count, LineCounter.Count(new TextSlice(source, from, first + 1 - from), cancellationToken), source.LikelyEncoding);

        bool IsInside(long place) => place >= from && place < share.Slice.End;
    }

    public void Write(PartStream part)
    {
        part.WriteNumber(Count);
        part.WriteNumber(FirstLine);
        part.WriteOptional(LikelyEncoding, static (part, text) => part.WriteText(text));
    }

    public static ShareFaults Read(PartStream part) =>
        new((int)part.ReadNumber(), part.ReadNumber(), part.ReadOptional(static part => part.ReadText()));
}
