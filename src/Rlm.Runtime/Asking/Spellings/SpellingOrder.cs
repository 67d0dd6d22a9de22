using Rlm.Dsl.Operators;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Asking.Spellings;

/// <summary>
/// Puts names that do not fit one call in an order whose neighbours may be of one thing: those that are spelled alike, a short form beside
/// what it stands for, those with a rare word in common. Names that were in one call before need not meet again.
/// </summary>
/// <param name="names">The names.</param>
/// <param name="mostTogether">How many names a call takes.</param>
internal sealed class SpellingOrder(IReadOnlyList<SpelledName> names, int mostTogether)
{
    /// <summary>For each name its block of each level so far.</summary>
    private readonly List<int>[] _blocks = [.. Enumerable.Range(0, names.Count).Select(static _ => new List<int>())];
    private readonly FoldedText?[] _folded = new FoldedText?[names.Count];

    /// <summary>Takes which names were in a call together.</summary>
    public void Take(List<int[]> blocks)
    {
        for (int block = 0; block < blocks.Count; block++)
        {
            foreach (int name in blocks[block])
                _blocks[name].Add(block);
        }
    }

    /// <summary>Some of the names in order.</summary>
    /// <param name="standing">The names.</param>
    /// <param name="poll">Called for each name.</param>
    public int[] Of(int[] standing, Action poll)
    {
        // Those of one block are spread, so that names of other blocks stand beside them.
        int[] spread = [.. standing.GroupBy(name => _blocks[name].LastOrDefault())
            .SelectMany(static block => block.Select(static (name, rank) => (name, rank)))
            .OrderBy(static ranked => ranked.rank).ThenBy(static ranked => ranked.name)
            .Select(static ranked => ranked.name)];
        var groups = new Groups(spread.Length, mostTogether);
        foreach (var (one, other) in ListLinks(spread, poll))
        {
            if (!HaveMet(spread[one], spread[other]))
                groups.Join(one, other);
        }

        return [.. groups.List().SelectMany(static group => group).Select(place => spread[place])];
    }

    private bool HaveMet(int one, int other) => _blocks[one].Zip(_blocks[other]).Any(static level => level.First == level.Second);

    /// <summary>The pairs that should meet, the surest first.</summary>
    private IEnumerable<(int One, int Other)> ListLinks(int[] order, Action poll)
    {
        var folded = Array.ConvertAll(order, name =>
        {
            poll();
            return _folded[name] ??= FoldedText.Of(names[name].Text);
        });
        int[] counts = Array.ConvertAll(order, name => names[name].Count);
        int[] centres = LikeTexts.FindCentres(folded, counts, OperatorCatalog.SimilarAbove, poll);
        for (int place = 0; place < centres.Length; place++)
        {
            if (centres[place] != place)
                yield return (centres[place], place);
        }

        var holders = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int place = 0; place < order.Length; place++)
        {
            foreach (string word in folded[place].MisspeltWords.Append(InitialsOf(names[order[place]].Text)).Distinct())
            {
                if (!holders.TryGetValue(word, out var list))
                    holders.Add(word, list = []);
                list.Add(place);
            }
        }

        foreach (var list in holders.Where(word => word.Key.Length > 1 && word.Value.Count > 1 && word.Value.Count <= mostTogether)
            .OrderBy(static word => word.Value.Count).ThenBy(static word => word.Key, StringComparer.Ordinal)
            .Select(static word => word.Value))
        {
            for (int i = 1; i < list.Count; i++)
                yield return (list[i - 1], list[i]);
        }
    }

    /// <summary>The first letters of the words, as a short form has them; of a single word itself.</summary>
    private static string InitialsOf(string name)
    {
        string[] words = name.Split([' ', '-', '.', ',', '&', '/'], StringSplitOptions.RemoveEmptyEntries);
        bool areWords = words.Length > 1 && words.Any(static word => word.Length > 1);
        return string.Concat(areWords ? words.Select(static word => word[..1]) : words).ToLowerInvariant();
    }

    /// <summary>Groups of places that are joined until they are too large for a call.</summary>
    private sealed class Groups(int count, int most)
    {
        private readonly List<int>[] _groupOf = [.. Enumerable.Range(0, count).Select(static place => new List<int> { place })];

        public void Join(int one, int other)
        {
            var (kept, added) = (_groupOf[one], _groupOf[other]);
            if (kept == added || kept.Count + added.Count > most)
                return;
            if (kept.Count < added.Count)
                (kept, added) = (added, kept);
            kept.AddRange(added);
            foreach (int place in added)
                _groupOf[place] = kept;
        }

        /// <summary>The groups in order of their first places, the places of each in order.</summary>
        public IEnumerable<IEnumerable<int>> List() => _groupOf.Distinct().Select(static group => group.Order());
    }
}
