using System.Text;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;
using static Rlm.Dsl.Grammars.GrammarNode;

namespace Rlm.Dsl.Grammars;

/// <summary>
/// The tokens down to their characters. They are less than what the parser reads: other letters than ASCII's stand in backticks, line breaks of
/// strings are <c>\n</c>, and what might be read otherwise somewhere is not a name.
/// </summary>
internal static class TokenGrammar
{
    private const string Letters = "AZaz__", WordParts = "AZaz__09", Controls = "\u0000\u001f";

    private static readonly string[] Units = ["ms", "s", "m", "h", "d", "w"];
    private static readonly string[] DateParts = ["yyyy", "yy", "MMMM", "MMM", "MM", "dddd", "ddd", "dd", "HH", "hh", "mm", "ss", "tt"];

    /// <summary>The token of that name, and null for any other name.</summary>
    /// <param name="name">The name in the grammar.</param>
    /// <param name="tools">The names of a host's own functions.</param>
    public static GrammarNode? Find(string name, IReadOnlyCollection<string> tools) => name switch
    {
        "NAME" => Choice(WordBut([.. NotNames, .. NotNames.Select(static word => word.ToUpperInvariant())], Letters), Quoted),
        "IDENT" => WordBut([.. NotIdents], "az__"),
        "WORD" => Choice(Sequence(Any(Letters), Many(Any(WordParts))), Quoted),
        "FNAME" => OneOf(Functions(static _ => true).Concat(tools)),
        "BARE" => OneOf(Functions(static function => function is { IsWindow: false, Parameters.Count: > 1 })),
        "FOLD" => OneOf(OperatorForms.BareFolds),
        "CALLED" => OneOf(FunctionCatalog.All.Select(static function => function.Name).Where(static function => NotNames.Contains(function))),
        "NUMBER" => Sequence(Digits(15), Optional(Sequence(".", Digits(10))), Optional("k")),
        "WHOLE" => Digits(9),
        "DURATION" => Sequence(Digits(5), OneOf(Units)),
        "REGEX" => Sequence("/", RegexPart(" /*"), Many(RegexPart("/")), "/", new RepeatNode(Any("iimmssxx"), 0, 4)),
        "LABEL" => Sequence("\"", Many(Choice(Plain, Escape), 1), "\""),
        "PLAIN" => Many(Plain, 1),
        "ESCAPE" => Escape,
        "BRACES" => Choice("{{", "{}", Sequence("{", Digits(4), Optional(Sequence(",", Optional(Digits(4)))), "}")),
        "FORMAT" => Choice(OneOf([.. RlmType.Names, "word"]), Sequence(Optional(","), ".", Any("09"), Optional(Any("ff%%"))), ",", "d",
            Sequence(Choice("0", "#,##0"), Optional(Sequence(".", new RepeatNode("0", 1, 4))), Optional("%")),
            Sequence(OneOf(DateParts), new RepeatNode(Sequence(Choice(", ", Any("--//::  ..")), OneOf(DateParts)), 0, 6)),
            Sequence(DateLetter, new RepeatNode(Sequence(Choice(", ", Any("--//::  ..")), DateLetter), 0, 6))),
        "COMMENT" => Sequence("#", Many(AnyBut(Controls))),
        "WORDS" => Many(AnyBut("``\n\n"), 1),
        "CODE" => Sequence("`", Many(AnyBut("``\n\n"), 1), "`"),
        _ => null,
    };

    /// <summary>Besides what is reserved, the words that open a statement, those of relations, and the constants of other languages.</summary>
    private static IEnumerable<string> NotNames =>
        Names.Reserved.Concat(OperatorForms.Openers).Concat(Lexemes.RelationWords).Concat(["null", "nil", "True", "False", "None"]);

    private static IEnumerable<string> NotIdents => NotNames.Concat(OperatorForms.Keywords.Where(static word => Names.IsWordStart(word[0])));

    private static SequenceNode DateLetter => Sequence("%", Any("AABBHHMMSSYYaabbddjjmmppyy"));

    private static CharacterNode Plain => AnyBut("\"\"\\\\{{" + Controls);

    // A backslash before a brace is one of the text, and the brace may open a hole.
    private static SequenceNode Escape => Sequence("\\", AnyBut("{{" + Controls));

    private static SequenceNode Quoted => Sequence("`", Many(AnyBut("``" + Controls), 1), "`");

    private static RepeatNode Digits(int most) => new(Any("09"), 1, most);

    private static ChoiceNode OneOf(IEnumerable<string> words) => Choice([.. words.Distinct(StringComparer.Ordinal).Select(static word => new LiteralNode(word))]);

    private static IEnumerable<string> Functions(Func<FunctionSignature, bool> isWanted) => FunctionCatalog.All.Where(isWanted)
        .Select(static function => function.Name).Where(static function => OperatorForms.Of(function).Count == 0);

    private static ChoiceNode RegexPart(string without)
    {
        var escape = Sequence("\\", AnyBut(Controls));
        return Choice(AnyBut(string.Concat(without.Select(static c => new string(c, 2))) + "\\\\[[" + Controls), escape,
            Sequence("[", Many(Choice(AnyBut("]]\\\\[[" + Controls), escape), 1), "]"));
    }

    /// <summary>Every word that starts so but those, letter by letter, for grammars that cannot look ahead.</summary>
    private static ChoiceNode WordBut(IEnumerable<string> words, string starts) => RestBut([.. words.Distinct(StringComparer.Ordinal)], 0, starts);

    private static ChoiceNode RestBut(IReadOnlyCollection<string> words, int length, string characters)
    {
        var next = words.Where(word => word.Length > length && (length > 0 || CharacterNode.IsIn(characters, word[0])))
            .GroupBy(word => word[length]).OrderBy(static group => group.Key);
        List<GrammarNode> alternatives = [];
        foreach (var group in next)
        {
            string[] longer = [.. group.Where(word => word.Length > length + 1)];
            bool isWord = longer.Length < group.Count();
            var rest = longer.Length == 0 ? Many(Any(WordParts), 1) : (GrammarNode)RestBut(longer, length + 1, WordParts);
            alternatives.Add(Sequence(group.Key.ToString(), isWord ? rest : Optional(rest)));
            characters = Without(characters, group.Key);
        }

        return Choice([.. alternatives, Sequence(Any(characters), Many(Any(WordParts)))]);
    }

    private static string Without(string ranges, char character)
    {
        var left = new StringBuilder();
        for (int i = 0; i < ranges.Length; i += 2)
        {
            var (first, last) = (ranges[i], ranges[i + 1]);
            if (character < first || character > last)
            {
                left.Append(first).Append(last);
                continue;
            }

            if (character > first)
                left.Append(first).Append((char)(character - 1));
            if (character < last)
                left.Append((char)(character + 1)).Append(last);
        }

        return left.ToString();
    }
}
