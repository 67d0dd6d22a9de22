namespace Rlm.Dsl.Grammars;

/// <summary>A right-hand side of a grammar rule, in tokens.</summary>
internal abstract record EbnfRule;

/// <param name="Text">The quoted word or sign, or the name of a rule or token.</param>
/// <param name="IsLiteral">Whether it was quoted.</param>
/// <param name="IsGlued">Whether no blank stands before it.</param>
internal sealed record EbnfSymbol(string Text, bool IsLiteral, bool IsGlued) : EbnfRule;

internal sealed record EbnfSequence(IReadOnlyList<EbnfRule> Parts) : EbnfRule;

internal sealed record EbnfChoice(IReadOnlyList<EbnfRule> Alternatives) : EbnfRule;

/// <param name="Inner">What may be left out.</param>
/// <param name="Repeats">Whether it may stand more than once.</param>
internal sealed record EbnfOptional(EbnfRule Inner, bool Repeats) : EbnfRule;
