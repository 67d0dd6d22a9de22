using Rlm.Dsl;
using Rlm.Dsl.Binders;
using Rlm.Dsl.Grammars;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;

namespace Rlm;

/// <summary>What the language has, as data: for help, an editor, or a prompt.</summary>
public static class RlmLanguage
{
    /// <summary>Every operator, family by family; of two with one head word the more specific stands first.</summary>
    public static IReadOnlyList<RlmOperator> Operators { get; } =
        [.. OperatorCatalog.All.Select(static signature => new RlmOperator(signature))];

    /// <summary>Every function, without the tools of a host.</summary>
    public static IReadOnlyList<RlmFunction> Functions { get; } =
        [.. FunctionCatalog.All.Select(static signature => new RlmFunction(signature))];

    /// <summary>Every reserved word, and every name that an item has by itself.</summary>
    public static IReadOnlyList<RlmKeyword> Words => WordCatalog.All;

    /// <summary>Lays a program out: one way for each program, which keeps its meaning, its words and its comments.</summary>
    /// <param name="text">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <returns>The layout; a program with an error of syntax comes back as it is, with its diagnostics.</returns>
    public static RlmFormatting Format(string text, string name = "program")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return ProgramFormatter.Format(new SourceText(text, name));
    }

    /// <summary>
    /// The grammar of programs in their canonical layout, for engines that hold a model's output to one: every text of it parses. It has the
    /// operators and functions that there are, and none of what else is understood.
    /// </summary>
    /// <param name="format">The notation.</param>
    /// <param name="isReply">Whether it is of a model's reply: prose in which each fence holds a program, and one does.</param>
    public static string Grammar(RlmGrammarFormat format, bool isReply = false) => GrammarWriter.Write(GrammarBuilder.Build(isReply, []), format);

    /// <summary>Finds what may stand at a place of a program that is being written: for an editor, or a line that somebody types.</summary>
    /// <param name="text">The program.</param>
    /// <param name="position">The place, in UTF-16 characters.</param>
    /// <param name="variables">The names of the variables, which are texts; those of a session are known to <c>RlmSession.Complete</c>.</param>
    /// <returns>Words that begin with what is written there already, whatever their case; none inside quotes, patterns and comments, and in a text longer than a program may be.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The place is outside the program.</exception>
    public static IReadOnlyList<RlmCompletion> Complete(string text, int position, IEnumerable<string> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return Complete(text, position, BindingEnvironment.WithTexts(variables));
    }

    /// <summary>Tells what a word of a program is: an operator, a function, a variable, a field, or a word of the grammar.</summary>
    /// <param name="text">The program.</param>
    /// <param name="position">A place in the word, or right behind it, in UTF-16 characters.</param>
    /// <param name="variables">The names of the variables, which are texts; those of a session are known to <c>RlmSession.DescribeWord</c>.</param>
    /// <returns>What it is; null inside texts, patterns and comments, and where nobody knows it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The place is outside the program.</exception>
    public static RlmWord? DescribeWord(string text, int position, IEnumerable<string> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return DescribeWord(text, position, BindingEnvironment.WithTexts(variables));
    }

    /// <summary>Tells what the stretches of a program are, for a page that colours it.</summary>
    /// <param name="text">The program.</param>
    /// <returns>In the order of the text, without blanks, names and signs; nothing of a statement that has an error of syntax.</returns>
    public static IReadOnlyList<RlmToken> Highlight(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ProgramHighlighter.Read(text);
    }

    /// <summary>Whether a program goes on behind its last line: a bracket is open there, or a pipe has no stage.</summary>
    /// <param name="text">The program.</param>
    public static bool GoesOn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ProgramCompleter.GoesOn(text);
    }

    /// <summary>Whether a program goes on in a line: its end is open, or the line begins with a pipe or is indented further.</summary>
    /// <param name="text">The program. One that ends in <c>;</c> is over.</param>
    /// <param name="next">The line behind it.</param>
    public static bool GoesOn(string text, string next)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(next);
        return ProgramCompleter.GoesOn(text, next);
    }

    /// <summary>
    /// One program that does what several do one after another. An answer ends a program, so what those before the last one answer is
    /// shown.
    /// </summary>
    /// <param name="programs">Programs without an error of syntax.</param>
    public static string Join(IEnumerable<string> programs)
    {
        ArgumentNullException.ThrowIfNull(programs);
        return ProgramJoin.Write([.. programs]);
    }

    internal static IReadOnlyList<RlmCompletion> Complete(string text, int position, BindingEnvironment environment)
    {
        RequireInside(text, position);
        return text.Length > ParseLimits.MaxLengthChars ? [] : new ProgramCompleter(text, position, environment).Complete();
    }

    internal static RlmWord? DescribeWord(string text, int position, BindingEnvironment environment)
    {
        RequireInside(text, position);
        return text.Length > ParseLimits.MaxLengthChars ? null : ProgramDescriber.Read(text, position, environment);
    }

    private static void RequireInside(string text, int position)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (position < 0 || position > text.Length)
            throw new ArgumentOutOfRangeException(nameof(position), position, "The place is outside the program.");
    }
}
