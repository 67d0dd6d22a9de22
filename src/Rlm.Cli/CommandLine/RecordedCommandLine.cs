using System.Text.RegularExpressions;

namespace Rlm.Cli.CommandLine;

/// <summary>A command line as a journal keeps it.</summary>
internal static partial class RecordedCommandLine
{
    /// <summary>Stands for an address that may hold a password.</summary>
    public const string LeftOutAddress = "(left out)";

    /// <summary>Programs that a journal names are not run: it may come from others.</summary>
    private static readonly OptionSpec[] Programs = [OptionCatalog.Loader];

    /// <summary>The journal's own options are those of whoever goes on, and a profile's options are in the line themselves.</summary>
    private static readonly OptionSpec[] LeftOut = [OptionCatalog.Profile, OptionCatalog.NoConfiguration, OptionCatalog.JournalFile,
        OptionCatalog.JournalFolder, OptionCatalog.NoJournal, OptionCatalog.Resume, OptionCatalog.Sync, OptionCatalog.Prompts, OptionCatalog.Confirm,
        OptionCatalog.Yes];

    private static readonly OptionSpec[] Addresses = [OptionCatalog.BaseUrl, OptionCatalog.SubBaseUrl];

    public static IReadOnlyList<string> Of(Verb verb, IReadOnlyList<string> args) => [verb.Name, .. Leave(args, [.. LeftOut, .. Programs])];

    /// <summary>The line once more with further options, which go before those that it has.</summary>
    /// <param name="verb">Its verb.</param>
    /// <param name="line">The line.</param>
    /// <param name="added">The options.</param>
    public static IReadOnlyList<string> Again(Verb verb, IReadOnlyList<string> line, IReadOnlyList<string> added) =>
        [verb.Name, .. added, .. Leave([.. line.Skip(1)], [.. Programs, .. verb.Options.Where(option => added.Any(argument => IsOf(option, argument)))])];

    private static List<string> Leave(IReadOnlyList<string> args, IReadOnlyList<OptionSpec> options)
    {
        var left = new List<string>();
        bool isOver = false;
        int i = 0;
        for (; i < args.Count; i++)
        {
            isOver |= args[i] == "--";
            if (!isOver && options.FirstOrDefault(option => IsOf(option, args[i])) is { } option)
                i += !option.IsFlag && (args[i] == option.Name || args[i] == option.ShortName) ? 1 : 0;
            else if (!isOver && Addresses.FirstOrDefault(option => IsOf(option, args[i])) is { } address)
                left.Add($"{address.Name}={WithoutPassword(ValueOf(address))}");
            else if (!isOver && IsOf(OptionCatalog.Workers, args[i]))
                left.Add($"{OptionCatalog.Workers.Name}={QueuePassword().Replace(ValueOf(OptionCatalog.Workers), "")}");
            else
                left.Add(args[i]);
        }

        return left;

        string ValueOf(OptionSpec option) => args[i] == option.Name && i + 1 < args.Count ? args[++i] : args[i][(option.Name.Length + 1)..];
    }

    [GeneratedRegex(@"(?<=://[^/@:]*):[^/@]*(?=@)")]
    private static partial Regex QueuePassword();

    private static string WithoutPassword(string address) => address.AsSpan().IndexOfAny("@?#") < 0 ? address : LeftOutAddress;

    private static bool IsOf(OptionSpec option, string argument) =>
        argument == option.Name || argument == option.ShortName || argument.StartsWith(option.Name + "=", StringComparison.Ordinal)
            || argument.StartsWith(option.Name + ":", StringComparison.Ordinal);
}
