using Rlm.Dsl.Formatting;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl;

/// <summary>Lays a program out. What comes out is parsed again, so that no layout can change what a program means.</summary>
internal static class ProgramFormatter
{
    /// <exception cref="InvalidOperationException">The layout would mean another program, which is a bug.</exception>
    public static RlmFormatting Format(SourceText source)
    {
        var (program, diagnostics) = ProgramParser.Parse(source);
        if (diagnostics.Count > 0)
            return new RlmFormatting(source, source.Content, diagnostics);

        string text = ProgramLayout.Write(source.Content);
        if (text.Length > ParseLimits.MaxLengthChars)
            return new RlmFormatting(source, source.Content, [ProgramParser.TellTooLong("the program's layout", text)]);

        var (formatted, errors) = ProgramParser.Parse(new SourceText(text, source.Name));
        return errors.Count == 0 && SyntaxComparison.AreEqual(program, formatted)
            ? new RlmFormatting(source, text, [])
            : throw new InvalidOperationException($"the layout of {source.Name} would change what it means, so there is none");
    }
}
