using Rlm.Cli.CommandLine;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary>Reads a command line into a record; opens and asks nothing.</summary>
internal static class CommandLineReader
{
    /// <param name="args">The command line.</param>
    /// <param name="configuration">Gives, for the profile that it names, the options that it does not give.</param>
    public static Invocation Read(IReadOnlyList<string> args, Func<string?, IOptionSource> configuration)
    {
        if (args.Count == 0)
            return new UsageInvocation(null, IsLong: false);

        switch (args[0])
        {
            case "--version" or "-V":
                return new VersionInvocation();
            case "--licenses":
                return new LicensesInvocation();
            case "-h":
                return new UsageInvocation(null, IsLong: false);
            case "--help":
                return new UsageInvocation(null, IsLong: true);
        }

        return VerbCatalog.Find(args[0]) is { } verb ? Read(verb, [.. args.Skip(1)], configuration) : new Misuse(UnknownVerb(args[0]));
    }

    private static Invocation Read(Verb verb, IReadOnlyList<string> args, Func<string?, IOptionSource> configuration)
    {
        var result = VerbParser.Parse(verb, VerbCatalog.All, args, out string? error);
        var reader = new OptionReader(verb, args, result, configuration);
        if (reader.IsGiven(LongHelp) || reader.IsGiven(ShortHelp))
            return new UsageInvocation(verb, reader.IsGiven(LongHelp));
        bool isJson = verb.PrintsRuns && args.TakeWhile(argument => argument != "--").Contains(Json.Name);
        if (error is not null)
            return new Misuse(error, verb, isJson);

        try
        {
            var invocation = verb.Read(reader);
            return reader.Error is null ? invocation : new Misuse(reader.Error, verb, isJson);
        }
        catch (MisuseException exception)
        {
            return new Misuse(exception.Message, verb, isJson);
        }
    }

    private static string UnknownVerb(string text)
    {
        if (text.StartsWith('-'))
            return $"unknown option `{text}`; options come after the command, as in rlm ask \"…\" -c FILE";
        if (NameSuggestion.For(text, VerbCatalog.All.Select(verb => verb.Name)) is { } near)
            return $"unknown command `{text}`; did you mean `{near}`?";
        return text.Contains(' ', StringComparison.Ordinal)
            ? "a question needs `ask` before it: rlm ask \"…\""
            : $"unknown command `{text}`; there are {string.Join(", ", VerbCatalog.All.Select(verb => verb.Name))}";
    }
}
