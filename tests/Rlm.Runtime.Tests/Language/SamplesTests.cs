using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Tests.Language;

/// <summary>Every program of <c>samples/</c>: the free ones give their expected text, the paid ones run with the offline model.</summary>
internal sealed partial class SamplesTests
{
    private static readonly string Root = RootOf();

    private static IEnumerable<string> Free => Programs.Where(name => File.Exists(ExpectedOf(name)));

    private static IEnumerable<string> Paid => Programs.Except(Free);

    private static IEnumerable<string> Programs =>
        Directory.GetFiles(Path.Combine(Root, "samples"), "*.rlm").Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Free))]
    public async Task Run_Free_GivesTheExpectedAnswer(string name)
    {
        var result = await RunAsync(name, new ScriptedChatClient());

        Assert.That(result.Answer?.TrimEnd('\n'), Is.EqualTo((await File.ReadAllTextAsync(ExpectedOf(name))).TrimEnd('\n')));
    }

    [TestCaseSource(nameof(Paid))]
    public async Task Run_Paid_AnswersWithoutAnError(string name)
    {
        using var model = new OfflineChatClient();
        var result = await RunAsync(name, model);

        Assert.That(result.Answer, Is.Not.Null, string.Join("\n", result.Reasons));
    }

    private static async Task<RlmResult> RunAsync(string name, Microsoft.Extensions.AI.IChatClient model)
    {
        string program = await File.ReadAllTextAsync(Path.Combine(Root, "samples", $"{name}.rlm"));
        string path = Path.Combine(Root, ContextPattern.Match(program).Groups[1].Value);
        IReadOnlyList<TextSource> sources = Directory.Exists(path) ? TextSource.FromDirectoryOrGlob(path) : [TextSource.FromFile(path)];
        try
        {
            return await ProgramRun.ResultOf(program,
                Directory.Exists(path) ? RlmVariable.Documents("context", sources) : RlmVariable.Text("context", sources[0]), model);
        }
        finally
        {
            foreach (var source in sources)
                source.Dispose();
        }
    }

    private static string ExpectedOf(string name) => Path.Combine(Root, "samples", $"{name}.expected.txt");

    private static string RootOf([CallerFilePath] string testFile = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(testFile)!);
        while (!Directory.Exists(Path.Combine(folder.FullName, "samples")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No samples above {testFile}.");
        return folder.FullName;
    }

    [GeneratedRegex(@"-c (\S+)")]
    private static partial Regex ContextPattern { get; }
}
