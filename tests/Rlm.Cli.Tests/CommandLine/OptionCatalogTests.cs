using Rlm.Cli.CommandLine;
using Rlm.Cli.Commands;

namespace Rlm.Cli.Tests.CommandLine;

internal sealed class OptionCatalogTests
{
    [TestCaseSource(nameof(Verbs))]
    public void Options_OfAVerb_HaveUniqueNames(Verb verb)
    {
        var names = verb.Options.SelectMany(option => new[] { option.Name, option.ShortName }).Where(name => name is not null);

        Assert.That(names, Is.Unique);
    }

    [TestCaseSource(nameof(Verbs))]
    public void Options_OfAVerb_HaveOneLineSummariesWithoutFullStop(Verb verb)
    {
        foreach (var option in verb.Options)
        {
            Assert.That(option.Summary, Does.Not.EndWith(".").And.Not.Contain("\n"), option.Name);
            Assert.That(option.Details, Is.Empty.Or.EndsWith("."), option.Name);
        }
    }

    [Test]
    public void All_Verbs_HaveUniqueNames() => Assert.That(VerbCatalog.All.Select(verb => verb.Name), Is.Unique);

    [TestCaseSource(nameof(Verbs))]
    public void Examples_OfAVerb_CanBeRead(Verb verb)
    {
        foreach (var (commandLine, _) in verb.Examples)
        {
            string own = commandLine[commandLine.IndexOf("rlm ", StringComparison.Ordinal)..].Split(" < ")[0].Replace('\'', '\u0001');
            string[] args = [.. Split(own).Skip(1)];

            Assert.That(CommandLineReader.Read(args, _ => new NoOptionSource()), Is.Not.InstanceOf<Misuse>(), commandLine);
        }
    }

    [TestCaseSource(nameof(Verbs))]
    public void Workers_OfTheEnvironment_ConcernVerbsThatTakeThem(Verb verb)
    {
        using var nowhere = new StringWriter();
        var host = new CliHost
        {
            OpenInput = () => Stream.Null,
            Output = nowhere,
            Error = nowhere,
            Variable = name => name == OptionCatalog.Workers.Variable ? "postgres://me@db.example.com/rlm" : null,
        };
        foreach (var (commandLine, _) in verb.Examples.Where(example => $"{example.CommandLine} ".StartsWith($"rlm {verb.Name} ", StringComparison.Ordinal)))
        {
            string own = commandLine[commandLine.IndexOf("rlm ", StringComparison.Ordinal)..].Split(" < ")[0].Replace('\'', '\u0001');
            var invocation = CommandLineReader.Read([.. Split(own).Skip(1)], _ => new NoOptionSource());
            Assert.That(invocation.NeedsQueue(host), Is.EqualTo(verb.Options.Contains(OptionCatalog.Workers)), commandLine);
        }
    }

    private static IEnumerable<Verb> Verbs() => VerbCatalog.All;

    /// <summary>Splits as a shell does: quotes group, and those of one kind hold the other.</summary>
    private static IEnumerable<string> Split(string line)
    {
        var word = new System.Text.StringBuilder();
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote == '\0' && c is '"' or '\u0001' && quote == '\0')
                quote = c;
            else if (c == quote)
                quote = '\0';
            else if (c == ' ' && quote == '\0')
            {
                yield return word.ToString();
                word.Clear();
            }
            else
                word.Append(c);
        }

        yield return word.ToString();
    }
}
