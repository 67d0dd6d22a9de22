using System.CommandLine;
using System.CommandLine.Parsing;

namespace Rlm.Cli.CommandLine;

/// <summary>Makes the parser of one verb from its options, and says in one line what a command line has wrong.</summary>
internal static class VerbParser
{
    private const string Words = "words";

    /// <summary>A question may begin with `@`, so there are no response files.</summary>
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    /// <summary>Parses what follows a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="verbs">All verbs, of which another may have an option that this one has not.</param>
    /// <param name="args">What follows it.</param>
    /// <param name="error">The first thing that is wrong; null for nothing.</param>
    public static ParseResult Parse(Verb verb, IReadOnlyList<Verb> verbs, IReadOnlyList<string> args, out string? error)
    {
        var command = new Command(verb.Name);
        // Arguments are counted afterwards, for messages that say which one is too many.
        command.Arguments.Add(new Argument<string[]>(Words) { Arity = ArgumentArity.ZeroOrMore });
        foreach (var option in verb.Options)
            command.Options.Add(Make(option));

        // The parser drops a first word that is the command's name, even where it is the question.
        // It takes a first word in brackets for a directive, even where it is the question.
        IReadOnlyList<string> words = args.Count > 0 && args[0].StartsWith('[')
            ? [.. args.Skip(1), .. args.Contains("--") ? [] : (string[])["--"], args[0]]
            : args;
        var result = command.Parse([verb.Name, .. words], Configuration);
        error = ErrorOf(verb, verbs, result);
        return result;
    }

    /// <summary>The arguments that are not options.</summary>
    public static IReadOnlyList<string> WordsOf(ParseResult result) => result.GetValue<string[]>(Words) ?? [];

    private static Option Make(OptionSpec spec)
    {
        string[] aliases = spec.ShortName is null ? [] : [spec.ShortName];
        if (spec.IsFlag)
            return new Option<bool>(spec.Name, aliases) { Arity = ArgumentArity.Zero };
        if (spec.IsRepeatable)
            return new Option<string[]>(spec.Name, aliases) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
        return new Option<string>(spec.Name, aliases) { Arity = ArgumentArity.ExactlyOne };
    }

    private static string? ErrorOf(Verb verb, IReadOnlyList<Verb> verbs, ParseResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
                break;
            if (token.Type == TokenType.Argument && token.Value.Length > 1 && token.Value[0] == '-'
                && WordsOf(result).Contains(token.Value))
                return UnknownOption(verb, verbs, token.Value);
        }

        if (result.Errors.Count == 0)
            return null;

        var error = result.Errors[0];
        if ((error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult) is not { } option
            || verb.Options.FirstOrDefault(spec => spec.Name == option.Option.Name) is not { } known)
        {
            return error.Message.TrimEnd('.');
        }

        return option.Tokens.Count == 0 && !known.IsFlag ? $"{known.Name} needs a value: {known.ValueName}"
            : known.IsFlag ? $"{known.Name} takes no value"
            : $"{known.Name} may be given once";
    }

    private static string UnknownOption(Verb verb, IReadOnlyList<Verb> verbs, string text)
    {
        string name = text.Split('=', ':')[0];
        if (name.Length > 2 && NameSuggestion.For(name, verb.Options.Select(option => option.Name)) is { } near)
            return $"unknown option `{name}`; did you mean `{near}`?";

        var others = verbs.Where(other => other.Options.Any(option => option.Name == name || option.ShortName == name)).ToList();
        return others.Count > 0
            ? $"`{name}` is not an option of `{verb.Name}`, only of {Join([.. others.Select(other => $"`{other.Name}`")])}"
            : $"unknown option `{name}`; write -- before an argument that begins with a dash";
    }

    private static string Join(string[] names) =>
        names is [.. { Length: > 0 } first, var last] ? $"{string.Join(", ", first)} and {last}" : string.Join("", names);
}
