namespace Rlm.Dsl.Grammars;

/// <summary>A part of an exported grammar, down to the characters.</summary>
internal abstract record GrammarNode
{
    public static implicit operator GrammarNode(string text) => new LiteralNode(text);

    public static SequenceNode Sequence(params GrammarNode[] parts) => new(parts);

    public static ChoiceNode Choice(params GrammarNode[] alternatives) => new(alternatives);

    public static RepeatNode Optional(GrammarNode inner) => new(inner, 0, 1);

    public static RepeatNode Many(GrammarNode inner, int least = 0) => new(inner, least, null);

    public static CharacterNode Any(string ranges) => new(ranges);

    public static CharacterNode AnyBut(string ranges) => new(ranges, IsNegated: true);
}

/// <summary>A text as it stands.</summary>
internal sealed record LiteralNode(string Text) : GrammarNode;

/// <summary>One character of ranges, or one that is in none of them.</summary>
/// <param name="Ranges">Pairs of first and last characters.</param>
/// <param name="IsNegated">Whether it is any other.</param>
internal sealed record CharacterNode(string Ranges, bool IsNegated = false) : GrammarNode
{
    public bool Takes(char character) => IsIn(Ranges, character) != IsNegated;

    public static bool IsIn(string ranges, char character)
    {
        for (int i = 0; i < ranges.Length; i += 2)
        {
            if (character >= ranges[i] && character <= ranges[i + 1])
                return true;
        }

        return false;
    }
}

/// <summary>A rule or token by its name.</summary>
internal sealed record RuleNode(string Name) : GrammarNode;

internal sealed record SequenceNode(IReadOnlyList<GrammarNode> Parts) : GrammarNode;

internal sealed record ChoiceNode(IReadOnlyList<GrammarNode> Alternatives) : GrammarNode;

/// <param name="Inner">What stands so often.</param>
/// <param name="Least">How often at least.</param>
/// <param name="Most">How often at most; null for any number.</param>
internal sealed record RepeatNode(GrammarNode Inner, int Least, int? Most) : GrammarNode;
