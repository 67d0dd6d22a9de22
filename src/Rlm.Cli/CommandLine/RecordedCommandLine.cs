namespace Rlm.Cli.CommandLine;

/// <summary>A command line as a journal keeps it.</summary>
internal static class RecordedCommandLine
{
    /// <summary>An address may hold a password, and no replay asks one; the journal's own options are the replay's.</summary>
    private static readonly OptionSpec[] LeftOut = [OptionCatalog.BaseUrl, OptionCatalog.SubBaseUrl, OptionCatalog.Key, OptionCatalog.SubKey,
        OptionCatalog.Profile, OptionCatalog.NoConfiguration, OptionCatalog.JournalFile, OptionCatalog.Resume,
        OptionCatalog.Sync, OptionCatalog.Prompts, OptionCatalog.Confirm, OptionCatalog.Yes];

    public static IReadOnlyList<string> Of(Verb verb, IReadOnlyList<string> args)
    {
        var line = new List<string> { verb.Name };
        bool isOver = false;
        for (int i = 0; i < args.Count; i++)
        {
            isOver |= args[i] == "--";
            if (isOver || LeftOut.FirstOrDefault(option => IsOf(option, args[i])) is not { } option)
                line.Add(args[i]);
            else if (!option.IsFlag && args[i] == option.Name)
                i++;
        }

        return line;
    }

    private static bool IsOf(OptionSpec option, string argument) =>
        argument == option.Name || argument == option.ShortName || argument.StartsWith(option.Name + "=", StringComparison.Ordinal)
            || argument.StartsWith(option.Name + ":", StringComparison.Ordinal);
}
