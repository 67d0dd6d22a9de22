using System.Text.RegularExpressions;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>
/// A <c>grep</c> with a shell's arguments: <c>grep -i -A1 word</c>, <c>grep level=Warning</c>. They alone are written again, and only where they mean one
/// thing: what stands behind them stays.
/// </summary>
internal static class ShellGrep
{
    private const string OwnForm = "the form is `grep PATTERN [not] [ignore case] [before N] [after N] [around N]`";
    private const string BothForms = "write `grep \"…\"` for a text as it stands, or `grep /…/` for a regex";
    private const string NoQuotes = "a pattern is a text in quotes or a /regex/";

    private static readonly Regex Next = new(
        @"\G[ \t]*(?<text>""(?:[^""\\\n]|\\.)*""|'[^'\n]*'|/(?:[^/\\\n]|\\.)+/\w*|[^\s""'|;#]+)", RegexOptions.CultureInvariant);

    private static readonly Regex NextWithin = new(
        @"\G[ \t]*(?<text>""(?:[^""\\\n]|\\.)*""|'[^'\n]*'|/(?:[^/\\\n]|\\.)+/\w*|[^\s""'|;#()\[\]{}]+)", RegexOptions.CultureInvariant);

    private static readonly Regex OwnOptions = new("^(?:not|ignore case|(?:before|after|around) [0-9]+)(?: (?:not|ignore case|(?:before|after|around) [0-9]+))*$", RegexOptions.CultureInvariant);

    private static readonly Regex Member = new(@"^(?<of>[A-Za-z_]\w*)(?:\.[A-Za-z_]\w*)+$", RegexOptions.CultureInvariant);

    /// <summary>Words between patterns that other rows know.</summary>
    private static readonly Regex Joining = new("^(?:with|context|lines?|text|pattern|case|insensitive|ignore|ignorecase|from|on|of|for|where|before|after|around)$", RegexOptions.CultureInvariant);

    public static Diagnostic? Tell(FailurePlace at)
    {
        if (!at.IsShort || at.HeadWord != "grep" || Read(at) is not [var first, ..] arguments)
            return null;

        if (arguments.Any(argument => argument.IsFlag))
            return TellFlags(at, arguments);

        bool fails = at.Position >= first.Start && at.Position <= first.End, isAtStart = at.Position == first.Start;
        if (isAtStart && first.Text[0] == '{')
            return at.Tell(NoQuotes, BothForms);

        string options = string.Join(" ", arguments.Skip(1).Select(argument => argument.Text));
        if (fails && (isAtStart ? first.IsBare : first is { IsBare: true, IsName: false }) && (options.Length == 0 || OwnOptions.IsMatch(options)))
        {
            return first.IsName && GrepPattern.IsNamed(at.Text, first.Text) || (first.FieldOf(at.Text) ?? GrepPattern.Write(first.Text)) is not { } pattern
                ? at.Tell(NoQuotes, BothForms)
                : new Diagnostic(DslDiagnostics.Unexpected, first.Span, NoQuotes, $"write {Excerpt.Quote($"grep {pattern} {options}".TrimEnd())}") { Fix = new DiagnosticFix(first.Span, pattern) };
        }

        return arguments.Count > 1 && arguments.All(argument => argument.IsName && !Joining.IsMatch(argument.Text) && !Names.Reserved.Contains(argument.Text))
            && arguments.Skip(1).All(argument => OperatorForms.Of(argument.Text).Count == 0)
            ? at.Tell("`grep` takes one pattern", $"write `grep \"{first.Text} …\"` for words in a row, or `grep /{first.Text}|…/` for any of them")
            : null;
    }

    /// <summary>A pattern from a line's start, <c>grep ^2026</c>, which reads as a power of a name.</summary>
    public static Diagnostic? TellAnchored(string behind, int start)
    {
        if (Next.Match(behind) is not { Success: true, Groups: var next } || next["text"] is not { Value: ['^', _, ..] } anchored)
            return null;

        var told = new Diagnostic(DslDiagnostics.Unexpected, new SourceSpan(start + anchored.Index, anchored.Length), NoQuotes, BothForms);
        return GrepPattern.Write(anchored.Value) is { } pattern
            ? told with { Help = $"write `grep {pattern}`", Fix = new DiagnosticFix(told.Span, pattern) }
            : told;
    }

    private static Diagnostic TellFlags(FailurePlace at, IReadOnlyList<Argument> arguments)
    {
        var read = new ShellGrepOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string text = arguments[i].Text, next = i + 1 < arguments.Count ? arguments[i + 1].Text : "";
            int more = arguments[i].IsFlag ? read.AddFlag(text, next) : read.AddWord(text, next);
            if (more < 0)
                return at.Tell($"`grep` has no `{text}`", OwnForm);
            i += more;
        }

        bool opens = !at.Scan.FollowsPipe && at.Scan.Open == '\0';
        if (read.Write(at.Text, opens) is not { } written)
            return at.Tell("options are words and follow the pattern", OwnForm);

        var span = SourceSpan.Between(arguments[0].Start, arguments[arguments.Count - 1].End);
        return at.Tell("options are words and follow the pattern", $"write {Excerpt.Quote($"grep {written}")}") with { Fix = new DiagnosticFix(span, written) };
    }

    /// <summary>What stands behind the head up to the stage's end; nothing where a quote is left open.</summary>
    private static List<Argument> Read(FailurePlace at)
    {
        var arguments = new List<Argument>();
        var form = at.Scan.Open == '\0' ? Next : NextWithin;
        int position = at.Head!.Value.Span.End;
        for (var next = form.Match(at.Text, position); next.Success; next = form.Match(at.Text, position))
        {
            arguments.Add(new Argument(next.Groups["text"].Index, next.Groups["text"].Value));
            position = next.Index + next.Length;
        }

        return at.LineFrom(position).TrimStart() is ['"' or '\'', ..] ? [] : arguments;
    }

    private readonly record struct Argument(int Start, string Text)
    {
        public int End => Start + Text.Length;

        public SourceSpan Span => new(Start, Text.Length);

        public bool IsFlag => Text.Length > 1 && Text[0] == '-' && (char.IsLetter(Text[1]) || Text[1] == '-');

        public bool IsBare => Text[0] is not ('"' or '\'' or '‘' or '’' or '“' or '”' or '«' or '„') && !GrepPattern.IsRegex(Text);

        /// <summary>A field of a value of the program, as a text that holds it; null for any other.</summary>
        public string? FieldOf(string program) => Member.Match(Text) is { Success: true, Groups: var member }
            && (member["of"].Value == "it" || GrepPattern.IsNamed(program, member["of"].Value) || Regex.IsMatch(program, $@"\b{member["of"].Value}\s*=>"))
                ? $"\"{{{Text}}}\"" : null;

        public bool IsName => Names.Word(Text, 0) == Text.Length && Text[0] != '$';
    }
}
