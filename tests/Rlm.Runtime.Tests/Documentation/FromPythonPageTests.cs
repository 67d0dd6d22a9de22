using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Rlm.Runtime.Tests.Evaluation;
using static Rlm.Runtime.Tests.Root.RootRun;

namespace Rlm.Runtime.Tests.Documentation;

/// <summary>The lines of docs/from-python.md, which stand in these tests as they stand there, and run.</summary>
internal sealed partial class FromPythonPageTests
{
    private const string Prompt =
        "Date: Jan 06, 2023 || User: 1 || Instance: a\nDate: Jan 07, 2023 || User: 2 || Instance: b\n\nWhich user wrote `b`?";

    [Test]
    public void Lines_OfCSharp_AreCodeOfTheseTests()
    {
        string code = File.ReadAllText(ThisFile());
        string[] lines = [.. CellsOf("C#")];

        Assert.That(lines, Has.Length.GreaterThan(20));
        Assert.That(lines.Where(line => !code.Contains($" {line}\n", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Lines_OfPrograms_Compile()
    {
        string[] programs = [.. CellsOf("Rlm").Select(cell => cell.Replace("\\|", "|", StringComparison.Ordinal))];
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Value("context", "a\nb"), RlmVariable.Value("x", 1)]);

        Assert.That(programs, Has.Length.GreaterThan(7));
        Assert.That(
            programs.Select(program => session.Compile(program)).SelectMany(
                program => program.Diagnostics.Select(diagnostic => DiagnosticRenderer.Render(diagnostic, program.Source))), Is.Empty);
    }

    [Test]
    public async Task Lines_OfCSharp_Run()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.txt");
        await File.WriteAllTextAsync(path, Prompt);
        try
        {
            await RunAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Line_OfAnAgentByName_Runs()
    {
        // The one line that goes by the environment.
        try
        {
            var byName = RlmAgent.Create("gpt-5", "gpt-5-mini", maxCalls: 200, maxSteps: 20);
            Assert.That(byName, Is.Not.Null);
        }
        catch (ModelException exception)
        {
            Assert.That(exception.Failure, Is.EqualTo(ModelFailure.NotChosen));
        }
    }

    private static async Task RunAsync(string path)
    {
        const string task = "Which?", context = "a\nb", prompt1 = "Why?";
        string[] names = ["ann", "bob"], prompts = ["a", "b", "a"];
        var rows = Enumerable.Range(0, 1_000).ToList();
        var weather = new LambdaTool("weather", "text", (_, _) => LambdaTool.Json("\"sunny\""));
        var root = new ScriptedChatClient(_ => Fenced("answer context | lines | map llm \"{it}?\" | join \",\""));
        var sub = new ScriptedChatClient(_ => "yes");
        var options = Programs;
        RlmVariable[] variables = [RlmVariable.Value("context", context)];

        var agent = new RlmAgent(root, sub, options);
        var limited = options with { MaxCalls = 200, MaxSteps = 20 };
        var budget = new CallBudget(200);
        var shared = options with { Budget = budget };
        var parallel = options with { Parallel = 8 };
        var withTools = options with { Tools = [weather] };
        var brief = options with { MaxShownChars = 4_000 };
        var instructed = options with { InstructionsBefore = "You work for a bank.", Instructions = "Answer in German." };
        var fewSteps = options with { MaxSteps = 5 };
        var watched = options with { OnStep = step => Console.WriteLine(step.Observation) };
        var told = options with { OnObservation = step => $"[Budget] {step.Usage.CallsLeft} calls are left" };
        foreach (var made in new[] { limited, shared, parallel, withTools, brief, instructed, fewSteps, watched, told })
            Assert.That((await new RlmAgent(root, sub, made).AskAsync(task, variables)).Answer, Is.EqualTo("yes,yes"));

        RlmResult result = await agent.AskAsync(task, TextSource.FromString(context));
        RlmResult ofFile = await agent.AskAsync(task, TextSource.FromFile(path));
        RlmResult withMore = await agent.AskAsync(task, [RlmVariable.Value("context", context), RlmVariable.Value("limit", 5), RlmVariable.Value("names", names)]);
        var order = RlmVariable.Value("order", new Order("A-1", 2.50m), Shop.Default.Order);
        Assert.That(new[] { result.Answer, withMore.Answer }, Is.All.EqualTo("yes,yes"));
        Assert.That((ofFile.Answer, order.Type.ToString()), Is.EqualTo(("yes,yes,yes,yes", "{Id: text, Price: number}")));

        Console.WriteLine(VariableCard.Of("context", context));
        await foreach (RlmEvent happened in agent.AskStreamingAsync(task, variables))
            Assert.That(happened.At, Is.GreaterThanOrEqualTo(TimeSpan.Zero));

        RlmConversation conversation = await agent.StartAsync(variables);
        RlmResult next = await conversation.AskAsync(task);
        Assert.That(next.Answer, Is.EqualTo("yes,yes"));

        int used = result.Usage.Calls;
        int remaining = result.Usage.CallsLeft;
        Assert.That((used, remaining), Is.EqualTo((2, 398)));

        await CallAsync(prompt1);
        var prompt = OolongPrompt.Parse(TextSource.FromFile(path));
        RlmResult answered = await agent.AskAsync(prompt.Question, prompt.Context);
        Assert.That((prompt.Question, answered.Answer), Is.EqualTo(("Which user wrote `b`?", "yes,yes")));

        async Task CallAsync(string prompt)
        {
            using var calls = new SubCalls(sub, shared);
            string reply = (await calls.AskAsync(prompt)).RequireText();
            IReadOnlyList<SubReply> replies = await calls.AskAllAsync(prompts);
            int usedByHand = calls.CallsUsed;
            int left = calls.CallsRemaining;
            int usedByAll = budget.Used;
            string card = VariableCard.Of("rows", rows, previewChars: 300);
            Assert.That((reply, replies.Count, usedByHand, left, usedByAll), Is.EqualTo(("yes", 3, 3, 195, 5)));
            Assert.That(card, Does.StartWith("rows: list of number, 1,000 items\n| 0\n"));
        }
    }

    /// <summary>The code in the second cells of the tables whose second column has that title.</summary>
    private static IEnumerable<string> CellsOf(string title)
    {
        bool isIn = false;
        foreach (string line in File.ReadLines(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "from-python.md")))
        {
            if (Row.Match(line) is not { Success: true } row)
                isIn = false;
            else if (isIn && row.Groups["code"].Success)
                yield return row.Groups["code"].Value;
            else
                isIn |= row.Groups["title"].Value == title;
        }
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"^\| .* \| (`(?<code>.*)`|(?<title>[^`]*)) \|$|^\|-+\|-+\|$")]
    private static partial Regex Row { get; }

    internal sealed record Order(string Id, decimal Price);

    [JsonSerializable(typeof(Order))]
    private sealed partial class Shop : JsonSerializerContext;

    /// <summary>Stands for the console.</summary>
    private static class Console
    {
        public static void WriteLine(string line) => Assert.That(line, Is.Not.Empty);
    }
}
