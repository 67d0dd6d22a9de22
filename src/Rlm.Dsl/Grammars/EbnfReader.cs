using System.Text.RegularExpressions;

namespace Rlm.Dsl.Grammars;

/// <summary>Reads a grammar in the notation of docs/specification.md, section 2.</summary>
internal sealed class EbnfReader
{
    private static readonly Regex TokenPattern = new("\"[^\"]*\"|[A-Za-z_0-9]+|[=;|~(){}\\[\\]]", RegexOptions.CultureInvariant);
    private static readonly Regex CommentPattern = new(@"\(\*.*?\*\)", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private readonly List<string> _tokens;
    private int _next;

    private EbnfReader(string text) => _tokens = [.. TokenPattern.Matches(CommentPattern.Replace(text, "")).Cast<Match>().Select(match => match.Value)];

    public static IReadOnlyDictionary<string, EbnfRule> Read(string text)
    {
        var reader = new EbnfReader(text);
        var rules = new Dictionary<string, EbnfRule>();
        while (reader._next < reader._tokens.Count)
        {
            string name = reader._tokens[reader._next];
            reader._next += 2;
            rules.Add(name, reader.Choice());
            reader._next++;
        }

        return rules;
    }

    private EbnfRule Choice()
    {
        List<EbnfRule> alternatives = [Sequence()];
        while (_tokens[_next] == "|")
        {
            _next++;
            alternatives.Add(Sequence());
        }

        return alternatives is [var only] ? only : new EbnfChoice(alternatives);
    }

    private EbnfSequence Sequence()
    {
        var parts = new List<EbnfRule>();
        while (_tokens[_next] is not ("|" or ")" or "]" or "}" or ";"))
            parts.Add(Part());
        return new EbnfSequence(parts);
    }

    private EbnfRule Part()
    {
        string token = _tokens[_next++];
        if (token is "(" or "[" or "{")
        {
            var inner = Choice();
            _next++;
            return token == "(" ? inner : new EbnfOptional(inner, token == "{");
        }

        bool isGlued = token == "~";
        if (isGlued)
            token = _tokens[_next++];
        return token[0] == '"' ? new EbnfSymbol(token.Trim('"'), true, isGlued) : new EbnfSymbol(token, false, isGlued);
    }

}
