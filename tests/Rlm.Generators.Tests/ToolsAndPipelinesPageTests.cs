using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Rlm.Generators.Tests;

/// <summary>The snippets of docs/tools-and-pipelines.md, compiled and run.</summary>
internal sealed partial class ToolsAndPipelinesPageTests
{
    [Test]
    public void Snippets_Compiled_HaveNoFindings()
    {
        var run = Compile();

        Assert.That(run.Diagnostics, Is.Empty);
        Assert.That(run.CompilerDiagnostics, Is.Empty, run.Output);
    }

    [Test]
    public async Task Snippets_Run_DoWhatThePageSays()
    {
        var assembly = Compile().Load();
        object shop = Activator.CreateInstance(assembly.GetType("Shop")!)!;
        var tools = (IReadOnlyList<RlmTool>)shop.GetType().GetProperty("Tools")!.GetValue(shop)!;
        var session = new RlmSession(
            new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString("a"))], new RlmOptions { Tools = tools });
        Assert.That((await session.RunAsync("answer orders_of(\"Open\") | get id")).Answer, Is.EqualTo("2"));
        Assert.That((await session.RunAsync("answer [cancel(2), 1] | count")).Reasons, Has.One.Contains("`cancel` writes"));
        Assert.That((await session.PlanAsync("cancel(2)")).Writes, Is.EqualTo(new[] { "cancel" }));

        object reports = Activator.CreateInstance(assembly.GetType("Reports")!, [(IChatClient)new ScriptedChatClient("The disk.")])!;
        object orders = shop.GetType().GetMethod("OrdersOf")!.Invoke(shop, [0])!;
        var late = (Task)reports.GetType().GetMethod("LateAsync")!.Invoke(reports, [orders, 30m])!;
        await late;
        Assert.That((IEnumerable)late.GetType().GetProperty("Result")!.GetValue(late)!, Is.EqualTo(new[] { 2 }));

        var causes = (Task<RlmResult>)reports.GetType().GetMethod("CausesAsync")!.Invoke(reports, [TextSource.FromString("ERROR x"), null])!;
        Assert.That((await causes).Answer, Is.EqualTo("The disk."));
    }

    private static GeneratorRun Compile()
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "docs", "tools-and-pipelines.md"));
        string code = string.Join("\n", Fence.Matches(page).Where(match => match.Groups["kind"].Value == "csharp").Select(match => match.Groups["code"].Value));
        string program = Fence.Matches(page).Single(match => match.Groups["kind"].Value == "rlm").Groups["code"].Value;
        return new GeneratorRun(code, ("causes.rlm", program));
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;

    [GeneratedRegex("^```(?<kind>\\w+)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence { get; }
}
