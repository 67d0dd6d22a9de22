using Rlm.Dsl.Grammars;

namespace Rlm.Dsl.Tests.Grammars;

/// <summary>Tells whether an exported grammar has a text, by the places at which a part of it may end.</summary>
internal sealed class GrammarRecognizer(IReadOnlyList<(string Name, GrammarNode Node)> rules)
{
    private readonly Dictionary<string, GrammarNode> _rules = rules.ToDictionary(rule => rule.Name, rule => rule.Node);
    private readonly Dictionary<(string Rule, int Start), int[]> _ends = [];
    private string _text = "";

    public bool Takes(string text, string? rule = null)
    {
        _text = text;
        _ends.Clear();
        return EndsOf(rule ?? rules[0].Name, 0).Contains(text.Length);
    }

    public bool IsTaken(string text) => Takes(text);

    private int[] EndsOf(string rule, int start)
    {
        if (!_ends.TryGetValue((rule, start), out int[]? ends))
            _ends.Add((rule, start), ends = [.. EndsOf(_rules[rule], start)]);
        return ends;
    }

    private IEnumerable<int> EndsOf(GrammarNode node, int start) => node switch
    {
        LiteralNode literal => string.CompareOrdinal(_text, start, literal.Text, 0, literal.Text.Length) == 0 ? [start + literal.Text.Length] : [],
        CharacterNode characters => start < _text.Length && characters.Takes(_text[start]) ? [start + 1] : [],
        RuleNode rule => EndsOf(rule.Name, start),
        SequenceNode sequence => sequence.Parts.Aggregate((IReadOnlyCollection<int>)[start], (starts, part) => [.. starts.SelectMany(from => EndsOf(part, from)).Distinct()]),
        ChoiceNode choice => choice.Alternatives.SelectMany(alternative => EndsOf(alternative, start)).Distinct(),
        RepeatNode repeat => Repeat(repeat, start),
        _ => throw new ArgumentException($"no part of a grammar: {node}", nameof(node)),
    };

    private HashSet<int> Repeat(RepeatNode repeat, int start)
    {
        var all = new HashSet<int>();
        HashSet<int> last = [start];
        for (int times = 0; last.Count > 0 && !(times > repeat.Most); times++)
        {
            if (times >= repeat.Least)
                all.UnionWith(last);
            last = [.. last.SelectMany(from => EndsOf(repeat.Inner, from)).Where(end => !all.Contains(end))];
        }

        return all;
    }
}
