using System.Globalization;
using System.Text;

namespace Rlm.Dsl.Grammars;

/// <summary>Writes an exported grammar in a notation.</summary>
internal abstract class GrammarWriter
{
    /// <summary>What separates a rule from its name.</summary>
    protected abstract string Sign { get; }

    /// <summary>What stands before an alternative of a whole rule.</summary>
    protected virtual string RuleBar => " | ";

    public static string Write(IReadOnlyList<(string Name, GrammarNode Node)> rules, RlmGrammarFormat format)
    {
        GrammarWriter writer = format switch
        {
            RlmGrammarFormat.Gbnf => new GbnfWriter(),
            RlmGrammarFormat.Lark => new LarkWriter(),
            RlmGrammarFormat.Ebnf => new EbnfWriter(),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "That is not a format of grammars."),
        };
        var text = new StringBuilder();
        foreach (var (name, node) in rules)
        {
            text.Append(writer.NameOf(name)).Append(writer.Sign)
                .Append(node is ChoiceNode choice ? string.Join(writer.RuleBar, choice.Alternatives.Select(writer.Alternative)) : writer.Alternative(node))
                .Append('\n');
        }

        return text.ToString();
    }

    protected virtual string NameOf(string name) => name;

    protected abstract string Literal(string text);

    protected abstract string Characters(CharacterNode node);

    protected virtual string Count(int least, int? most) => $"{{{least},{most}}}";

    private string Alternative(GrammarNode node) => node switch
    {
        ChoiceNode => Group(node),
        SequenceNode sequence => string.Join(" ", sequence.Parts.Select(Alternative)),
        RepeatNode repeat => Group(repeat.Inner) + (repeat.Least, repeat.Most) switch
        {
            (0, 1) => "?",
            (0, null) => "*",
            (1, null) => "+",
            var (least, most) => Count(least, most),
        },
        RuleNode rule => NameOf(rule.Name),
        CharacterNode characters => Characters(characters),
        LiteralNode literal => Literal(literal.Text),
        _ => throw new InvalidOperationException($"no part of a grammar: {node}"),
    };

    private string Group(GrammarNode node) => node switch
    {
        ChoiceNode choice => $"({string.Join(" | ", choice.Alternatives.Select(Alternative))})",
        SequenceNode or RepeatNode => $"({Alternative(node)})",
        LiteralNode when Alternative(node) is var literal && literal.IndexOf("\" \"", 1, StringComparison.Ordinal) > 0 => $"({literal})",
        _ => Alternative(node),
    };

    protected static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
            quoted.Append(c switch { '\n' => "\\n", '"' => "\\\"", '\\' => "\\\\", _ => c.ToString() });
        return quoted.Append('"').ToString();
    }

    /// <summary>
    /// A class of characters in brackets. What means something there stands behind a backslash, which Lark needs, whose figures are read before
    /// the class is; or it is a figure, since engines of BNF know few such signs.
    /// </summary>
    protected static string Class(CharacterNode node, string special = "")
    {
        var text = new StringBuilder(node.IsNegated ? "[^" : "[");
        for (int i = 0; i < node.Ranges.Length; i += 2)
        {
            Append(node.Ranges[i]);
            if (node.Ranges[i] == node.Ranges[i + 1])
                continue;
            text.Append('-');
            Append(node.Ranges[i + 1]);
        }

        return text.Append(']').ToString();

        void Append(char c)
        {
            if (special.Contains(c))
                text.Append('\\').Append(c);
            else if (c < ' ' || "[]\\^-/\"".Contains(c))
                text.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }
    }

    private class GbnfWriter : GrammarWriter
    {
        protected override string Sign => " ::= ";

        protected override string NameOf(string name) => name.Replace('_', '-');

        protected override string Literal(string text) => Quote(text);

        protected override string Characters(CharacterNode node) => Class(node);
    }

    private sealed class EbnfWriter : GbnfWriter
    {
        protected override string RuleBar => "\n  | ";

        protected override string NameOf(string name) => name;
    }

    private sealed class LarkWriter : GrammarWriter
    {
        protected override string Sign => ": ";

        protected override string RuleBar => "\n  | ";

        protected override string NameOf(string name) => name == "root" ? "start" : name;

        /// <summary>Each blank is a token of its own: lexers take the longest token and do not go back, so that <c>" by"</c> would hide a name behind a blank.</summary>
        protected override string Literal(string text)
        {
            var tokens = new List<string>();
            for (int start = 0, end; start < text.Length; start = end)
            {
                end = start + 1;
                while (text[start] is not (' ' or '\n') && end < text.Length && text[end] is not (' ' or '\n'))
                    end++;
                tokens.Add(Quote(text.Substring(start, end - start)));
            }

            return string.Join(" ", tokens);
        }

        protected override string Characters(CharacterNode node) => $"/{Class(node, "[]\\^-/")}/";

        protected override string Count(int least, int? most) => $"~{least}..{most}";
    }
}
