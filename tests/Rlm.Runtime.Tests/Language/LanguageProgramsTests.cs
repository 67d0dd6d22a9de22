using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Tests.Language;

/// <summary>The tasks that the language was tried on, on small contexts and with scripted replies.</summary>
internal sealed partial class LanguageProgramsTests
{
    private const string Question = "What does the client do after a failure: A give up, B try again, C wait, D crash?";

    private static readonly Dictionary<string, string> Programs =
        CaseFile.Read("examples.rlm", CaseFile.PathOf("../../Rlm.Dsl.Tests/Cases/examples.rlm"))
            .ToDictionary(example => example.Name, example => example.Body);

    private static IEnumerable<TestCaseData> Cases => CaseFile.Read("programs.txt").Select(read =>
    {
        string[] parts = read.Body.Split("\n--- replies\n"), outcome = parts[1].Split("--- answer\n");
        string[] replies = [.. outcome[0].TrimEnd('\n').Split("\n+++\n").Where(reply => reply.Length > 0)];
        return new TestCaseData(read.Name, parts[0], replies, outcome[1]).SetArgDisplayNames(read.Name);
    });

    [TestCaseSource(nameof(Cases))]
    public async Task Run_Task_GivesTheAnswer(string names, string context, string[] replies, string answer)
    {
        string program = string.Join("\n", names.Split(", ").Select(name => Programs[name]));
        var model = new ScriptedChatClient(replies);

        var (result, shown) = await ProgramRun.ShownOf(
            program, [Variable(Repeated.Replace(context, Repeat)), RlmVariable.Text("question", TextSource.FromString(Question, "question"))], model);

        Assert.That(result.Answer ?? string.Join("\n\n", shown), Is.EqualTo(answer), string.Join("\n", result.Reasons.Concat(result.Notes)));
        Assert.That(model.CallCount, Is.EqualTo(replies.Length));
    }

    [Test]
    public void Cases_AllTasks_HaveAnAnswer() =>
        Assert.That(Programs.Keys.Except(Cases.SelectMany(read => ((string)read.Arguments[0]!).Split(", "))), Is.Empty);

    private static string Repeat(Match line) =>
        string.Join('\n', Enumerable.Repeat(line.Groups["text"].Value, int.Parse(line.Groups["times"].Value, CultureInfo.InvariantCulture)));

    // A line `=== name` starts a document.
    private static RlmVariable Variable(string context) => !context.StartsWith("=== ", StringComparison.Ordinal)
        ? RlmVariable.Text("context", TextSource.FromString(context, "context"))
        : RlmVariable.Documents("context", [.. ("\n" + context).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(document => document.Split('\n', 2)).Select(parts => TextSource.FromString(parts[1], parts[0]))]);

    /// <summary>A line that stands so many times.</summary>
    [GeneratedRegex("^(?<times>[0-9]+) × (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Repeated { get; }
}
