using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Rlm.Runtime.Journal;

namespace Rlm.Runtime.Tests.Documentation;

internal sealed class JournalPageTests
{
    [Test]
    public void Page_EveryKindAndFieldThatIsWritten_IsNamed()
    {
        string folder = Path.Combine(Root(), "src", "Rlm.Runtime", "Journal");
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "journal.md"));
        string source = string.Concat(Directory.EnumerateFiles(folder, "*.cs").Select(File.ReadAllText));
        string[] fields = [.. Regex.Matches(source, @"writer\.Write\w+\(""(\w+)""").Select(match => match.Groups[1].Value).Distinct()];
        string[] kinds = [.. Regex.Matches(source, @"(?:=> |const string \w+ = |""event"", |WriteCall\(writer, )""(\w+)""")
            .Select(match => match.Groups[1].Value).Where(kind => kind != "event").Distinct()];

        Assert.That(
            page,
            Does.Contain(
                $"`formatVersion` ({JournalReader.FormatVersion})").And.Contain($"`{JournalLine.Number}`").And.Contain($"`{JournalLine.Sum}`"));
        Assert.That(fields, Has.Length.GreaterThan(30));
        Assert.That(kinds, Has.Length.GreaterThan(13));
        Assert.That(fields.Concat(kinds).Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
