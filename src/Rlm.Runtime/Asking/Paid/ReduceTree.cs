using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>The items of one result, and the runs of them that each call of the next level is about.</summary>
/// <param name="question">What is asked about them.</param>
/// <param name="items">The items.</param>
/// <param name="cites">Whether replies cite them, by their numbers among all items.</param>
internal sealed class ReduceTree(string question, IReadOnlyList<Value> items, bool cites)
{
    /// <summary>What an item's number and place take beside the name of its text.</summary>
    private const int PlaceTokens = 16;

    private CitationStyle? _style;

    public string Question => question;

    public bool Cites => cites;

    private CitationStyle Style => _style ??= CitationStyle.Of(items.Select(ValueRenderer.InTemplate).Prepend(question));

    /// <summary>The text that quotes must occur in.</summary>
    public TextValue Source => field ??= AskItems.JoinSources(items);

    /// <summary>The items of each call of the level that is next.</summary>
    public List<ItemRun> Runs { get; private set; } = [];

    /// <summary>The answer, or why the last merge has none; null before it.</summary>
    public Value? Answer { get; private set; }

    /// <summary>Whether the runs are replies to merge, no longer the items.</summary>
    public bool IsMerging { get; private set; }

    /// <summary>The replies that were not merged, in order, where a limit was reached before the last merge.</summary>
    public IReadOnlyList<Value> Unmerged { get; private set; } = [];

    /// <summary>Cuts the items into runs that fit one call each; an item that is too large for itself is refused later.</summary>
    public void Cut(long roomTokens)
    {
        long room = roomTokens - TokenEstimate.OfText(question), tokens = 0;
        int start = 0;
        for (int i = 0; i < items.Count; i++)
        {
            long itemTokens = TokenEstimate.OfText(AskItems.Data(items[i])) + FrameTokensOf(items[i]);
            if (i > start && tokens + itemTokens > room)
            {
                Runs.Add(new ItemRun(items, start, i - start));
                start = i;
                tokens = 0;
            }

            tokens += itemTokens;
        }

        Runs.Add(new ItemRun(items, start, items.Count - start));
    }

    /// <summary>The items of a run, or the replies to merge, as its prompt shows them.</summary>
    public string DataOf(ItemRun run) => !cites ? AskItems.Data(ListValue.Of(run.ToArray())) : string.Join('\n', run.ToArray().Select((item, place) =>
        IsMerging || Provenance.PlacesOf(item).Count == 0
            ? AskItems.WriteContext(ValueRenderer.InTemplate(item))
            : AskItems.WriteOpened(Style.Write(run.Start + place + 1), ValueRenderer.InTemplate(item))));

    /// <summary>Checks what a reply about a run cites: its items, or what the replies that it merges do.</summary>
    public CitationCheck? CheckOf(ItemRun run, bool isPart)
    {
        if (!cites)
            return null;

        HashSet<int> shown = IsMerging ? NumbersIn(run.ToArray()) : [.. Enumerable.Range(run.Start + 1, run.Count)];
        return new CitationCheck(Style, number => shown.Contains(number) ? Provenance.PlacesOf(items[number - 1]) : [])
        {
            IsPart = isPart,
            Guide = IsMerging ? CitedTexts.MergingGuideOf(Style) : CitedTexts.GuideOf(Style, run.Start + 1),
        };
    }

    /// <summary>What was not merged, with what it cites.</summary>
    public Value JoinUnmerged()
    {
        string text = string.Join("\n\n", Unmerged.Select(ValueRenderer.InTemplate));
        return cites ? new CitationCheck(Style, number => Provenance.PlacesOf(items[number - 1])) { Guide = "" }.Read(ReplyReading.Of(new TextValue(text))).Value!
            : new TextValue(text);
    }

    private HashSet<int> NumbersIn(Value[] replies)
    {
        var numbers = new HashSet<int>();
        foreach (var reply in replies)
        {
            Style.Replace(ValueRenderer.InTemplate(reply), ranges =>
            {
                numbers.UnionWith(ranges.Select(range => range.First));
                return "";
            }, static _ => { });
        }

        return numbers;
    }

    /// <summary>Makes two runs of one.</summary>
    public void Halve(ItemRun run)
    {
        int place = Runs.IndexOf(run), half = run.Count / 2;
        Runs[place] = run with { Count = half };
        Runs.Insert(place + 1, run with { Start = run.Start + half, Count = run.Count - half });
    }

    /// <summary>
    /// Takes the replies of a level: the answer if there was one run, else the runs of the next level. Where a limit is
    /// reached nothing more is merged.
    /// </summary>
    public void Take(Value[] replies, int fanIn)
    {
        var usable = replies.Where(reply => reply is not FailedValue).ToArray();
        var stopped = replies.OfType<FailedValue>().FirstOrDefault(reply => reply.IsOverLimit);
        if (replies.Length == 1 && usable.Length == 1)
        {
            Answer = replies[0];
        }
        else if (usable.Length > 0 && !(IsMerging && stopped is not null))
        {
            Runs = [.. ItemRun.Cut(usable, fanIn)];
            IsMerging = true;
        }
        else
        {
            Answer = stopped ?? replies[0];
            Unmerged = IsMerging && stopped is not null
                ? [.. Runs.Zip(replies).SelectMany(pair => pair.Second is FailedValue ? pair.First.ToArray() : [pair.Second])]
                : [];
        }
    }

    private static long FrameTokensOf(Value item) => Provenance.SliceOf(item) is { } slice
        ? Math.Max(TreeShape.ItemFrameTokens, TokenEstimate.OfText(slice.Source.Name) + PlaceTokens)
        : TreeShape.ItemFrameTokens;
}
