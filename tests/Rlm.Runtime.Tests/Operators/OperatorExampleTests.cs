using Rlm.Dsl.Operators;

namespace Rlm.Runtime.Tests.Operators;

/// <summary>The examples of the catalogue, which help and the root prompt show, run as they stand.</summary>
internal sealed class OperatorExampleTests
{
    private static IEnumerable<TestCaseData> Examples =>
        from signature in OperatorCatalog.All
        from example in signature.Examples
        select new TestCaseData(example).SetArgDisplayNames(signature.Name, example.Program);

    private static IEnumerable<TestCaseData> FunctionExamples =>
        from function in FunctionCatalog.All
        from example in function.Examples
        select new TestCaseData(example.Expression, example.Result);

    [TestCaseSource(nameof(Examples))]
    public async Task Example_Run_GivesItsResult(OperatorExample example) =>
        Assert.That(await RunAsync(example.Program, example.Context, [.. example.Replies]), Is.EqualTo(example.Result));

    /// <summary>A line ends where it ends: no CR is part of what an example over Windows' line ends gives.</summary>
    [TestCaseSource(nameof(Examples))]
    public async Task Example_OverWindowsLineEnds_GivesItsResult(OperatorExample example) =>
        Assert.That(
            (await RunAsync(example.Program, example.Context.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal), [.. example.Replies])).ReplaceLineEndings("\n"),
            Is.EqualTo(example.Result));

    [TestCase("map match(it, /Subject: (.*)/)", "x y")]
    [TestCase("map split(it, \"\\n\")[1]", "Subject: x y")]
    [TestCase("split \"\\n\" | skip 1 | first", "Subject: x y")]
    [TestCase("split /\\n/ | skip 1 | first", "Subject: x y")]
    [TestCase("split \"\\n\\n\" | last", "Body")]
    [TestCase("extend t = it | extract t \"Subject: {s}\" | get s", "x y")]
    [TestCase("extend t = it | extract t /Subject: (?<s>.*)/ | get s", "x y")]
    public async Task Pattern_OverWindowsLineEnds_LeavesOutTheReturn(string stages, string result) =>
        Assert.That(
            await RunAsync($"context | chunk by /^From: / | {stages}", "From: a\r\nSubject: x y\r\n\r\nBody\r\n", []),
            Is.EqualTo(result));

    [TestCaseSource(nameof(FunctionExamples))]
    public async Task Function_Example_GivesItsResult(string expression, string result) =>
        Assert.That(await RunAsync($"answer {expression}", "", []), Is.EqualTo(result));

    [Test]
    public void All_Operators_HaveAnExample() =>
        Assert.That(OperatorCatalog.All.Where(signature => signature.Examples.Count == 0)
            .Select(signature => signature.Name), Is.Empty);

    private static async Task<string> RunAsync(string program, string context, string[] replies)
    {
        var session = new RlmSession(
            new ScriptedChatClient(replies),
            [RlmVariable.Text("context", TextSource.FromString(context, "context"))],
            new RlmOptions { Parallel = 1 });
        string? shown = null;
        await foreach (var happened in session.RunStreamingAsync(program))
        {
            shown = happened switch
            {
                ValueShown value => value.Text,
                DiagnosticsFound found => found.Rendered,
                RunFinished { Result.Answer: { } answer } => answer,
                _ => shown,
            };
        }

        return shown ?? "";
    }
}
