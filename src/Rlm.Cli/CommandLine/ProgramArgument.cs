using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.CommandLine;

/// <param name="Text">The program itself; null where <paramref name="Path"/> names it.</param>
/// <param name="Path">The path of its file, or the program itself where there is no such file.</param>
internal sealed record ProgramArgument(string? Text, string? Path)
{
    public static ProgramArgument Read(OptionReader reader)
    {
        var words = reader.Words;
        // An empty program is a program with an error, not wrong usage.
        string? text = reader.Texts(Expression) is { Count: > 0 } lines ? string.Join('\n', lines) : null;
        if (text is null && words.Count == 0)
            reader.Fail("the program is missing: a FILE, or -e DSL");
        else if (words.Count > (text is null ? 1 : 0))
            reader.Fail($"`{words[text is null ? 1 : 0]}` is one argument too many: give one FILE, or one -e DSL in quotes");
        if (words.Count == 1 && words[0] == "-" && reader.Takes(OptionCatalog.Context)
            && reader.Texts(OptionCatalog.Context).Any(context => ContextArgument.Read(context).IsStandardInput))
            reader.Fail("stdin cannot be both the program and a context");
        return new(text, text is null && words.Count > 0 ? words[0] : null);
    }
}
