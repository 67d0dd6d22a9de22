using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Dsl.Formats;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>Texts with places that other values fill: <c>printf("%s %.1f", a, b)</c>, <c>"{}: {:.1f}".format(a, b)</c>, <c>"%s" % a</c>.</summary>
internal static class FilledTexts
{
    /// <summary>The functions that fill texts in other languages.</summary>
    public static readonly IReadOnlyCollection<string> Names = ["printf", "sprintf"];

    private static readonly Regex Printf = new(@"%(?:(?<percent>%)|(?<format>[-+0, ]*\d*(?:\.\d+)?[sdifgeu]))", RegexOptions.CultureInvariant);
    private static readonly Regex Braces = new(@"\{(?<index>\d*)(?::(?<format>[^{}]*))?\}", RegexOptions.CultureInvariant);

    /// <summary>The text with its holes; null where it has other places than there are values.</summary>
    public static TemplateSyntax? Of(SourceSpan span, TemplateSyntax text, IReadOnlyList<ExpressionSyntax> values)
    {
        if (text.PlainText is not { } plain)
            return null;

        bool isPrintf = !Braces.IsMatch(plain) && Printf.Matches(plain).Cast<Match>().Any(place => !place.Groups["percent"].Success);
        // The line end that a shell's or C's text has to bring.
        if (isPrintf && plain is [.., '\n'])
            plain = plain.Remove(plain.Length - 1);
        var parts = new List<TemplatePartSyntax>();
        int read = 0, next = 0;
        foreach (Match place in (isPrintf ? Printf : Braces).Matches(plain))
        {
            AddText(plain.Substring(read, place.Index - read));
            read = place.Index + place.Length;
            if (place.Groups["percent"].Success)
            {
                AddText("%");
                continue;
            }

            int index = place.Groups["index"].Length > 0 ? int.Parse(place.Groups["index"].Value, CultureInfo.InvariantCulture) : next++;
            if (index >= values.Count || HoleOf(values[index], place.Groups["format"].Value, isPrintf) is not { } hole)
                return null;
            parts.Add(hole);
        }

        AddText(plain.Substring(read));
        bool isNumbered = !isPrintf && next == 0;
        return parts.All(part => part.Hole is null) || (!isNumbered && next != values.Count) ? null : new TemplateSyntax(span, parts);

        void AddText(string piece)
        {
            if (piece.Length > 0)
                parts.Add(new TemplatePartSyntax(text.Span, isPrintf ? piece : piece.Replace("}}", "}"), null));
        }
    }

    /// <summary>What a stage writes that has a text with holes, or with places and what fills them: <c>format "{k}: {n}"</c>, <c>printf "%s: %d", k, n</c>.</summary>
    /// <param name="span">The stage.</param>
    /// <param name="function">Our name of its function.</param>
    /// <param name="arguments">Its arguments.</param>
    public static TemplateSyntax? OfStage(SourceSpan span, string function, IReadOnlyList<CallArgumentSyntax> arguments) => (function, arguments) switch
    {
        ("format", [{ Operand: TemplateSyntax { PlainText: null } text }]) => text,
        ("format", [{ Operand: TemplateSyntax { PlainText: not null } text }, _, ..]) => Of(span, text, [.. arguments.Skip(1).Select(argument => argument.Operand)]),
        _ => null,
    };

    private static TemplatePartSyntax? HoleOf(ExpressionSyntax value, string format, bool isPrintf)
    {
        if (isPrintf && format is "d" or "i" or "u")
            value = new CallSyntax(value.Span, new IdentifierSyntax(value.Span, "int"), [CallArgumentSyntax.Of(value)]);
        var hole = new TemplatePartSyntax(value.Span, "", CallArgumentSyntax.Of(value).Value);
        return format is "" or "s" || (isPrintf && format is "d" or "i" or "u") ? hole
            : FormatRules.IsKnown(format) ? hole with { Format = new LiteralSyntax(value.Span, format) }
            : null;
    }
}
