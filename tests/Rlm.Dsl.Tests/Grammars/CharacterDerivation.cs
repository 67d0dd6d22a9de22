using System.Text;
using Rlm.Dsl.Grammars;

namespace Rlm.Dsl.Tests.Grammars;

/// <summary>Derives random texts from an exported grammar, character by character.</summary>
/// <param name="rules">The rules, the first of which is that of the whole text.</param>
/// <param name="seed">Which texts.</param>
/// <param name="maxDepth">How deep rules may hold each other before the shortest alternative is taken.</param>
/// <param name="words">For tokens, texts of theirs that are taken as often as ones letter by letter: words that mean something elsewhere.</param>
internal sealed class CharacterDerivation(
    IReadOnlyList<(string Name, GrammarNode Node)> rules, int seed, int maxDepth, IReadOnlyDictionary<string, IReadOnlyList<string>> words)
{
    private const int Unbounded = 1000;
    private const string Samples = "aZ_0 9.,;:!?%$&()[]<>=+-*/'|#~^é日{}`\"\\\t";

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, GrammarNode> _rules = rules.ToDictionary(rule => rule.Name, rule => rule.Node);
    private readonly Dictionary<string, int> _leastDepth = rules.ToDictionary(rule => rule.Name, _ => Unbounded);
    private readonly StringBuilder _text = new();

    public IEnumerable<string> Derive(int count)
    {
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var (name, node) in rules)
            {
                int depth = LeastDepth(node) + 1;
                changed |= depth < _leastDepth[name];
                _leastDepth[name] = Math.Min(depth, _leastDepth[name]);
            }
        }

        for (int i = 0; i < count; i++)
        {
            _text.Clear();
            Append(rules[0].Node, 0);
            yield return _text.ToString();
        }
    }

    private int LeastDepth(GrammarNode node) => node switch
    {
        RuleNode rule => _leastDepth[rule.Name],
        SequenceNode sequence => sequence.Parts.Select(LeastDepth).DefaultIfEmpty().Max(),
        ChoiceNode choice => choice.Alternatives.Min(LeastDepth),
        RepeatNode { Least: > 0 } repeat => LeastDepth(repeat.Inner),
        _ => 0,
    };

    private void Append(GrammarNode node, int depth)
    {
        switch (node)
        {
            case LiteralNode literal:
                _text.Append(literal.Text);
                break;

            case CharacterNode characters:
                _text.Append(Pick(characters));
                break;

            case RuleNode rule when words.TryGetValue(rule.Name, out var known) && _random.Next(2) == 0:
                _text.Append(known[_random.Next(known.Count)]);
                break;

            case RuleNode rule:
                Append(_rules[rule.Name], depth + 1);
                break;

            case SequenceNode sequence:
                foreach (var part in sequence.Parts)
                    Append(part, depth);
                break;

            case ChoiceNode choice:
                GrammarNode[] fitting = [.. choice.Alternatives.Where(alternative => depth + LeastDepth(alternative) < maxDepth)];
                Append(fitting.Length == 0 ? choice.Alternatives.MinBy(LeastDepth)! : fitting[_random.Next(fitting.Length)], depth);
                break;

            case RepeatNode repeat:
                for (int times = 0; times < repeat.Least
                    || (times < (repeat.Most ?? 6) && depth + LeastDepth(repeat.Inner) < maxDepth && _random.Next(5) < 2); times++)
                    Append(repeat.Inner, depth);
                break;
        }
    }

    private char Pick(CharacterNode node)
    {
        if (node.IsNegated)
        {
            while (true)
            {
                char c = _random.Next(2) == 0 ? (char)('a' + _random.Next(26)) : Samples[_random.Next(Samples.Length)];
                if (node.Takes(c))
                    return c;
            }
        }

        int range = 2 * _random.Next(node.Ranges.Length / 2);
        return (char)(node.Ranges[range] + _random.Next(node.Ranges[range + 1] - node.Ranges[range] + 1));
    }
}
