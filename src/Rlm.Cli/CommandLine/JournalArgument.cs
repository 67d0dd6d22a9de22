namespace Rlm.Cli.CommandLine;

/// <summary>The file of a journal that is read.</summary>
internal static class JournalArgument
{
    public static string Read(OptionReader reader)
    {
        var words = reader.Words;
        if (words.Count == 0)
            reader.Fail("the journal is missing: the FILE that --journal wrote, or a name of `rlm runs`");
        else if (words.Count > 1)
            reader.Fail($"`{words[1]}` is one argument too many");
        return words.Count > 0 ? words[0] : "";
    }
}
