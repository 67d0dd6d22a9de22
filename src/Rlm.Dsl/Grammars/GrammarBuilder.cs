using static Rlm.Dsl.Grammars.GrammarNode;

namespace Rlm.Dsl.Grammars;

/// <summary>
/// The grammar down to its characters, with one way to put blanks, that of the canonical layout: whoever is held to it cannot go on with blanks
/// for ever. A rule of stages is made twice, with lists that have commas and, for elements of a list, without.
/// </summary>
internal sealed class GrammarBuilder
{
    private static readonly HashSet<string> TightBefore = new(StringComparer.Ordinal) { ",", ")", "]", "}", ":", "?" };
    private static readonly HashSet<string> TightBehind = new(StringComparer.Ordinal) { "(", "[", "{", ".", "-", ".." };

    /// <summary>What is written otherwise than it is read: two minuses would open a comment, and a hole opens before a name or a parenthesis.</summary>
    private static readonly IReadOnlyDictionary<string, EbnfRule> Written = EbnfReader.Read(
        """
        unary = "-" power | power ;
        hole  = value { "|" stage } ;
        value = "if" expr "then" expr "else" expr | ( NAME [ call ] | CALLED call | "(" pipeline ")" ) { ~"." WORD | ~"[" pipeline "]" }
              { ( "+" | "-" | "*" | "/" | "%" | "**" ) unary } [ relation sum ] { ( "and" | "or" ) not } ;
        """);

    private readonly IReadOnlyCollection<string> _tools;
    private readonly Dictionary<string, GrammarNode> _made = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly HashSet<string> _withCommas = FindWithCommas();

    private GrammarBuilder(IReadOnlyCollection<string> tools, bool isReply)
    {
        _tools = tools;
        Make("root", () => isReply ? MakeReply() : Sequence(MakeRule("program", MakeProgram), Optional("\n")));
    }

    /// <summary>The rules by name, the first of which is that of the whole text.</summary>
    /// <param name="isReply">Whether the text is a model's reply, which holds programs between fences, or a program.</param>
    /// <param name="tools">The names of a host's own functions.</param>
    public static IReadOnlyList<(string Name, GrammarNode Node)> Build(bool isReply, IReadOnlyCollection<string> tools)
    {
        var builder = new GrammarBuilder(tools, isReply);
        return [.. builder._order.Select(name => (name, builder._made[name]))];
    }

    private static EbnfRule RuleOf(string name) =>
        Written.TryGetValue(name, out var rule) || CoreGrammar.Rules.TryGetValue(name, out rule) ? rule : StageRules.Rules[name];

    /// <summary>Prose is free but for fences, each of which holds a program: thoughts may stand before it, and a draft of it in them.</summary>
    private SequenceNode MakeReply()
    {
        var (words, code) = (Token("WORDS"), Token("CODE"));
        var text = MakeRule("prose", () => Sequence(Optional(words), Many(Sequence(code, Optional(words)))));
        var fenced = MakeRule("fenced", () => Sequence(Many(Sequence(text, "\n")), "```rlm\n", MakeRule("program", MakeProgram), "\n```"));
        return Sequence(fenced, Many(Sequence("\n", fenced)), Many(Sequence("\n", text)));
    }

    private GrammarNode MakeProgram()
    {
        var comment = Token("COMMENT");
        var end = MakeRule("line_end", () => Sequence("\n", Optional("\n")));
        var line = MakeRule("line", () => Sequence(Use("statement", true), Optional(Sequence(" ", comment))));
        return Sequence(Many(Sequence(comment, end)), line, Many(Sequence(end, Choice(line, comment))));
    }

    /// <summary>A rule or token, without a blank before it.</summary>
    private RuleNode Use(string name, bool hasCommas)
    {
        if (TokenGrammar.Find(name, _tools) is not null)
            return Token(name);
        if (name == "string")
            return MakeRule(name, MakeString);

        string rule = name == "stage1" ? "stage" : name;
        bool commas = name is "pipeline" or "query" || (hasCommas && name is not ("element" or "stage1"));
        return MakeRule(commas || !_withCommas.Contains(rule) ? rule : rule + "_in_list", () => Compile(RuleOf(rule), false, commas, isQuery: rule == "query"));
    }

    private RuleNode Token(string name) => MakeRule(name, () => TokenGrammar.Find(name, _tools)!);

    private RuleNode MakeRule(string name, Func<GrammarNode> make)
    {
        Make(name, make);
        return new RuleNode(name);
    }

    private void Make(string name, Func<GrammarNode> make)
    {
        if (_made.ContainsKey(name))
            return;

        // A rule may hold itself.
        _made.Add(name, "");
        _order.Add(name);
        _made[name] = make();
    }

    private GrammarNode Compile(EbnfRule rule, bool isSpaced, bool hasCommas, bool isQuery = false) => rule switch
    {
        EbnfSequence sequence => CompileSequence(sequence.Parts, 0, isSpaced,
            hasCommas || sequence.Parts is [EbnfSymbol { IsLiteral: true, Text: "[" or "{" or "(" }, ..], isQuery),
        EbnfChoice choice => Choice([.. choice.Alternatives.Select(alternative => Compile(alternative, isSpaced, hasCommas, isQuery))]),
        EbnfOptional optional => new RepeatNode(Compile(optional.Inner, isSpaced, hasCommas, isQuery), 0, optional.Repeats ? null : 1),
        EbnfSymbol { IsLiteral: true, Text: "|" } when isQuery => Choice(" |", "\n  |"),
        EbnfSymbol { IsLiteral: true } symbol => isSpaced && !symbol.IsGlued && !TightBefore.Contains(symbol.Text) ? " " + symbol.Text : symbol.Text,
        EbnfSymbol symbol => isSpaced && !IsGlued(symbol) ? Join(" ", Use(symbol.Text, hasCommas)) : Use(symbol.Text, hasCommas),
        _ => throw new InvalidOperationException($"no part of a grammar: {rule}"),
    };

    // The parenthesis of a call touches the name before it.
    private bool IsGlued(EbnfSymbol symbol) => symbol.IsGlued
        || (TokenGrammar.Find(symbol.Text, _tools) is null && symbol.Text != "stage1" && RuleOf(symbol.Text) is EbnfSequence { Parts: [EbnfSymbol { IsGlued: true }, ..] });

    private GrammarNode CompileSequence(IReadOnlyList<EbnfRule> parts, int at, bool isSpaced, bool hasCommas, bool isQuery)
    {
        if (at == parts.Count)
            return "";

        var part = parts[at];
        if (part is EbnfOptional optional)
        {
            if (!hasCommas && optional.Inner is EbnfSequence { Parts: [EbnfSymbol { Text: "," }, ..] })
                return CompileSequence(parts, at + 1, isSpaced, hasCommas, isQuery);
            if (isSpaced)
                return Join(Compile(part, true, hasCommas, isQuery), CompileSequence(parts, at + 1, true, hasCommas, isQuery));

            // The blank before what follows stands only where this does.
            var first = Compile(optional.Inner, false, hasCommas, isQuery);
            var more = optional.Repeats ? Join(first, Compile(part, true, hasCommas, isQuery)) : first;
            return Choice(Join(more, CompileSequence(parts, at + 1, true, hasCommas, isQuery)), CompileSequence(parts, at + 1, false, hasCommas, isQuery));
        }

        // Dots of a range touch what stands before them.
        var symbol = part as EbnfSymbol;
        bool isTight = at > 0 && symbol is { IsLiteral: true, Text: ".." };
        bool isNextSpaced = symbol is not { IsLiteral: true } || !TightBehind.Contains(symbol.Text);
        return Join(Compile(part, isSpaced && !isTight, hasCommas, isQuery), CompileSequence(parts, at + 1, isNextSpaced, hasCommas, isQuery));
    }

    private GrammarNode MakeString()
    {
        // A format behind a stage might be taken for what a column of it holds.
        var hole = Choice(Sequence("{", Use("hole", true), "}"), Sequence("{", Use("value", true), ":", Token("FORMAT"), "}"));
        var plain = Optional(Token("PLAIN"));
        return Sequence("\"", plain, Many(Sequence(Choice([Token("ESCAPE"), Token("BRACES"), .. hole.Alternatives]), plain)), "\"");
    }

    private static GrammarNode Join(GrammarNode first, GrammarNode second) => (first, second) switch
    {
        (LiteralNode { Text: "" }, _) => second,
        (_, LiteralNode { Text: "" }) => first,
        (LiteralNode left, LiteralNode right) => left.Text + right.Text,
        (LiteralNode left, SequenceNode { Parts: [LiteralNode right, ..] parts }) => Sequence([left.Text + right.Text, .. parts.Skip(1)]),
        (SequenceNode before, SequenceNode behind) => Sequence([.. before.Parts, .. behind.Parts]),
        (SequenceNode before, _) => Sequence([.. before.Parts, second]),
        (_, SequenceNode behind) => Sequence([first, .. behind.Parts]),
        _ => Sequence(first, second),
    };

    /// <summary>The rules that hold a list with commas outside of brackets.</summary>
    private static HashSet<string> FindWithCommas()
    {
        var all = CoreGrammar.Rules.Concat(StageRules.Rules).ToDictionary(static rule => rule.Key, static rule => rule.Value, StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (all.Where(rule => rule.Key != "element" && !found.Contains(rule.Key) && Holds(rule.Value)).Select(static rule => rule.Key).ToList() is { Count: > 0 } more)
            found.UnionWith(more);
        return found;

        bool Holds(EbnfRule rule) => rule switch
        {
            EbnfSequence { Parts: [EbnfSymbol { IsLiteral: true, Text: "[" or "{" or "(" }, ..] } => false,
            EbnfSequence { Parts: [EbnfSymbol { IsLiteral: true, Text: "," }, ..] } => true,
            EbnfSequence sequence => sequence.Parts.Any(Holds),
            EbnfChoice choice => choice.Alternatives.Any(Holds),
            EbnfOptional optional => Holds(optional.Inner),
            EbnfSymbol { IsLiteral: false, Text: not ("pipeline" or "query" or "element") and var name } => found.Contains(name == "stage1" ? "stage" : name),
            _ => false,
        };
    }
}
