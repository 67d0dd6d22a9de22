namespace Rlm.Runtime.Tests.Language;

/// <summary>The tasks that the language was tried on, on small contexts and with scripted replies.</summary>
internal sealed class LanguageProgramsTests
{
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

        var result = await ProgramRun.ResultOf(program, Variable(context), model);

        Assert.That(result.Answer, Is.EqualTo(answer), string.Join("\n", result.Reasons.Concat(result.Notes)));
        Assert.That(model.CallCount, Is.EqualTo(replies.Length));
    }

    // A line `=== name` starts a document.
    private static RlmVariable Variable(string context) => !context.StartsWith("=== ", StringComparison.Ordinal)
        ? RlmVariable.Text("context", TextSource.FromString(context, "context"))
        : RlmVariable.Documents("context", [.. ("\n" + context).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(document => document.Split('\n', 2)).Select(parts => TextSource.FromString(parts[1], parts[0]))]);
}
