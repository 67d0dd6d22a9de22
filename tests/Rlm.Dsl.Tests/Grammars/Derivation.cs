using System.Text;
using Rlm.Dsl.Grammars;

namespace Rlm.Dsl.Tests.Grammars;

/// <summary>
/// Derives random texts from a grammar in its canonical spacing: one blank between tokens, none where the grammar says so.
/// </summary>
internal sealed class Derivation(IReadOnlyDictionary<string, EbnfRule> rules, int seed, int maxDepth)
{
    private const int Unbounded = 1000;

    private static readonly Dictionary<string, string[]> Tokens = new()
    {
        ["NL"] = ["\n"],
        ["NAME"] = ["a", "rows", "user_1", "count", "first", "lines", "share", "text", "date", "key", "it", "`Game site`"],
        ["WORD"] = ["a", "name", "by", "as", "llm", "count", "chunk", "`Sent On`"],
        ["LABEL"] = ["\"spam\"", "\"in time\""],
        ["IDENT"] = ["size", "k1"],
        ["FNAME"] = ["lower", "weather", "trim"],
        ["BARE"] = ["round", "format"],
        ["FOLD"] = ["count", "sum"],
        ["CALLED"] = ["slice", "rank"],
        ["WHOLE"] = ["1", "20"],
        ["NUMBER"] = ["1", "1_000", "0.5", "8k", "20"],
        ["DURATION"] = ["250ms", "5m", "1h", "2w"],
        ["REGEX"] = ["/a+/", "/^x \\/ (?<y>[/|)]\\d)$/im"],
        ["CHARS"] = ["abc", "x: ", "{ 1 }", "\\n", "\\\"", "(", "| ", "{{b}"],
    };

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, int> _leastDepth = rules.Keys.ToDictionary(name => name, _ => Unbounded);
    private readonly StringBuilder _text = new();
    private bool _isGlued;

    public IEnumerable<string> Derive(string start, int count)
    {
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var (name, rule) in rules)
            {
                int depth = LeastDepth(rule) + 1;
                changed |= depth < _leastDepth[name];
                _leastDepth[name] = Math.Min(depth, _leastDepth[name]);
            }
        }

        for (int i = 0; i < count; i++)
        {
            _text.Clear();
            _isGlued = true;
            Append(rules[start], 0, hasCommas: true);
            yield return _text.ToString();
        }
    }

    private int LeastDepth(EbnfRule rule) => rule switch
    {
        EbnfSymbol { IsLiteral: false } symbol => _leastDepth.GetValueOrDefault(RuleOf(symbol.Text)),
        EbnfSequence sequence => sequence.Parts.Select(LeastDepth).DefaultIfEmpty().Max(),
        EbnfChoice choice => choice.Alternatives.Min(LeastDepth),
        _ => 0,
    };

    private void Append(EbnfRule rule, int depth, bool hasCommas)
    {
        switch (rule)
        {
            case EbnfSequence sequence:
                // The commas of a list, record or call are its own; those of the stages in its elements are not there.
                bool isBracketed = sequence.Parts is [EbnfSymbol { IsLiteral: true, Text: "[" or "{" or "(" }, ..];
                foreach (var part in sequence.Parts)
                    Append(part, depth, hasCommas || isBracketed);
                break;

            case EbnfChoice choice:
                EbnfRule[] fitting = [.. choice.Alternatives.Where(alternative => depth + LeastDepth(alternative) < maxDepth)];
                if (fitting.Length == 0)
                    fitting = [choice.Alternatives.MinBy(LeastDepth)!];
                Append(fitting[_random.Next(fitting.Length)], depth, hasCommas);
                break;

            case EbnfOptional optional:
                if (!hasCommas && optional.Inner is EbnfSequence { Parts: [EbnfSymbol { Text: "," }, ..] })
                    break;
                while (depth + LeastDepth(optional.Inner) < maxDepth && _random.Next(3) == 0)
                {
                    Append(optional.Inner, depth, hasCommas);
                    if (!optional.Repeats)
                        break;
                }

                break;

            case EbnfSymbol symbol:
                AppendSymbol(symbol, depth, hasCommas);
                break;
        }
    }

    private void AppendSymbol(EbnfSymbol symbol, int depth, bool hasCommas)
    {
        if (symbol.IsLiteral)
            AppendToken(symbol.Text, symbol.IsGlued);
        else if (symbol.Text == "string")
            AppendString(depth);
        else if (rules.TryGetValue(RuleOf(symbol.Text), out var rule))
            Append(rule, depth + 1, symbol.Text switch { "element" or "stage1" => false, "pipeline" or "query" => true, _ => hasCommas });
        else
            AppendToken(Tokens[symbol.Text][_random.Next(Tokens[symbol.Text].Length)], symbol.IsGlued);
    }

    // A hole opens before a word or a parenthesis only, so its pipeline stands in parentheses here.
    private void AppendString(int depth)
    {
        AppendToken("\"", false);
        for (int parts = _random.Next(3); parts > 0; parts--)
        {
            if (depth + 3 + _leastDepth["pipeline"] < maxDepth && _random.Next(3) == 0)
            {
                _text.Append("{(");
                _isGlued = true;
                Append(rules["pipeline"], depth + 3, hasCommas: true);
                _text.Append(")}");
            }
            else
            {
                _text.Append(Tokens["CHARS"][_random.Next(Tokens["CHARS"].Length)]);
            }
        }

        _text.Append('"');
    }

    private void AppendToken(string token, bool isGlued)
    {
        if (!_isGlued && !isGlued && token != "\n")
            _text.Append(' ');
        _text.Append(token);
        _isGlued = token == "\n";
    }

    private static string RuleOf(string name) => name == "stage1" ? "stage" : name;
}
