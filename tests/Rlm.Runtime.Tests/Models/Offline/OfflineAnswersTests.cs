using System.Runtime.CompilerServices;

namespace Rlm.Runtime.Tests.Models.Offline;

/// <summary>Whole runs: the offline model as root and sub-model, over the samples and three short texts.</summary>
internal sealed class OfflineAnswersTests
{
    private static readonly Dictionary<string, string> Texts = CaseFile.Read("offline-texts.txt")
        .ToDictionary(static text => text.Name, static text => text.Body);

    /// <summary>
    /// A case's first line names its text; each other line must stand in the answer, or, after a <c>!</c>, must not. A line <c>~ why</c>
    /// marks a known limit: the answer is not what the others say yet. Take the mark off a case that has become right.
    /// </summary>
    [Test]
    [CancelAfter(60_000)]
    public async Task AskAsync_QuestionsOfTheTable_AnswersWhatIsTrue()
    {
        using OfflineChatClient client = new();
        List<string> wrong = [];
        IReadOnlyList<(string Question, string Body)> cases = CaseFile.Read("offline-questions.txt");
        foreach ((string question, string body) in cases)
        {
            string[] lines = body.Split('\n');
            RlmResult result = await new RlmAgent(client).AskAsync(question, [Variable(lines[0])]);
            string answer = result.Answer ?? "";
            bool isLimit = Array.Exists(lines, static line => line[0] == '~');
            bool isTrue = lines.Skip(1).Where(static line => line[0] != '~')
                .All(line => line[0] == '!'
                    ? !answer.Contains(line[1..], StringComparison.Ordinal)
                    : answer.Contains(line, StringComparison.Ordinal));
            if (isTrue == isLimit || (string.IsNullOrWhiteSpace(answer) && !isLimit))
                wrong.Add(
                    $"{question} ({lines[0]})\n    {string.Join("; ", lines.Skip(1))}\n    {result.Program?.ReplaceLineEndings("\n    ")}\n  = {(answer.Length > 300 ? answer[..300] : answer)}");
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    private static RlmVariable Variable(string name, [CallerFilePath] string thisFile = "")
    {
        if (Texts.TryGetValue(name, out string? text))
            return RlmVariable.Text("context", TextSource.FromString(text));

        string path = Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "..", "samples", name);
        return Directory.Exists(path)
            ? RlmVariable.Documents("context", [.. Directory.GetFiles(path).Order(StringComparer.Ordinal).Select(Read)])
            : RlmVariable.Text("context", Read(path));
    }

    private static TextSource Read(string path) => TextSource.FromString(File.ReadAllText(path), Path.GetFileName(path));
}
