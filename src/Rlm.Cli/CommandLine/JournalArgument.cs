namespace Rlm.Cli.CommandLine;

/// <summary>The file of a journal that is read.</summary>
internal static class JournalArgument
{
    public static string Read(OptionReader reader)
    {
        var words = reader.Words;
        if (words.Count == 0)
            reader.Fail("the journal is missing: the FILE that --journal wrote");
        else if (words.Count > 1)
            reader.Fail($"`{words[1]}` is one argument too many");
        return words.Count > 0 ? words[0] : "";
    }

    /// <summary>The file of a run that somebody names: the one place where that is looked up.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static string Find(string run) => Path.Exists(run) ? run : throw new IOException($"there is no journal `{run}`");
}
