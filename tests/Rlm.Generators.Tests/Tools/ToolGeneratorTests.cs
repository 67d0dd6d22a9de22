using System.Reflection;
using System.Text.Json;

namespace Rlm.Generators.Tests.Tools;

internal sealed class ToolGeneratorTests
{
    private const string Crm = """
        namespace Demo;

        public sealed record Customer(string Name, int Age, string? Mail, DateOnly Since, IReadOnlyList<string> Tags);

        [RlmTools]
        public partial class Crm(string greeting)
        {
            [RlmTool("Looks a customer up.")]
            public Customer? Find(string email) => email == "ada@x.org" ? new("Ada \"A\"", 36, null, new(1815, 12, 10), ["math", "first"]) : null;

            [RlmTool("Greets.", Name = "greet_all")]
            public async Task<string> GreetAsync(IReadOnlyList<string> names, string end = "!", CancellationToken cancellationToken = default)
            {
                await Task.Delay(0, cancellationToken);
                return greeting + " " + string.Join(", ", names) + end;
            }

            [RlmTool("Adds.")]
            internal static ValueTask<double> Add(double first, long second = -2) => new(first + second);
        }
        """;

    [Test]
    public void Generate_ClassOfTools_IsAsVerified() => Snapshot.Verify(new GeneratorRun(Crm).Output);

    [Test]
    public async Task InvokeAsync_Record_GivesItsFields()
    {
        var find = ToolsOf(Crm, "Demo.Crm", "Hello")[0];

        Assert.That((await find.InvokeAsync(Json("\"ada@x.org\""), default)).ToString(),
            Is.EqualTo("""{"name":"Ada \u0022A\u0022","age":36,"mail":null,"since":"1815-12-10","tags":["math","first"]}"""));
        Assert.That(await find.InvokeAsync(Json("\"bob@x.org\""), default), Is.Null);
    }

    [TestCase("[\"a\", \"b\"]|\"?\"", "Hello a, b?")]
    [TestCase("[\"a\", \"b\"]|null", "Hello a, b!")]
    [TestCase("[]", "Hello !")]
    public async Task InvokeAsync_TaskWithDefault_AwaitsAndFillsIn(string arguments, string result) =>
        Assert.That(
            (await ToolsOf(Crm, "Demo.Crm", "Hello")[1].InvokeAsync(Json(arguments.Split('|')), default)).ToString(), Is.EqualTo(result));

    [Test]
    public void InvokeAsync_Cancelled_PassesTheToken() =>
        Assert.That(
            async () => await ToolsOf(Crm, "Demo.Crm", "Hello")[1].InvokeAsync(Json("[]"), new CancellationToken(true)),
            Throws.InstanceOf<OperationCanceledException>());

    [TestCase("1.5|3", "4.5")]
    [TestCase("1.5", "-0.5")]
    [TestCase("\"1.5\"|3", "4.5")]
    public async Task InvokeAsync_StaticMethod_Works(string arguments, string result) =>
        Assert.That(
            (await ToolsOf(Crm, "Demo.Crm", "Hello")[2].InvokeAsync(Json(arguments.Split('|')), default)).ToString(), Is.EqualTo(result));

    [TestCase(0, "7", "")]
    [TestCase(0, "null", "`email` has no value.")]
    [TestCase(0, "[]", "`email` takes a text, not [].")]
    [TestCase(1, "\"a\"", "`names` takes a list, not \"a\".")]
    [TestCase(2, "\"x\"", "`first` takes a number, not \"x\".")]
    [TestCase(2, "1|2.5", "`second` takes a whole number from -9223372036854775808 to 9223372036854775807, not 2.5.")]
    public async Task InvokeAsync_ArgumentThatDoesNotFit_SaysWhatItTakes(int tool, string arguments, string message)
    {
        string found = "";
        try
        {
            await ToolsOf(Crm, "Demo.Crm", "Hello")[tool].InvokeAsync(Json(arguments.Split('|')), default);
        }
        catch (ArgumentException exception)
        {
            found = exception.Message;
        }

        Assert.That(found, Is.EqualTo(message));
    }

    [TestCase("\"Purple\"", "`colour` takes one of Red, Green, not \"Purple\".")]
    [TestCase("\"Red\"|\"x\"", "`id` takes a GUID, not \"x\".")]
    [TestCase("\"Red\"|null|\"03/04/2026\"", "`from` takes a date such as 2026-03-01, not \"03/04/2026\".")]
    [TestCase("\"Red\"|null|null|\"soon\"", "`wait` takes a number, not \"soon\".")]
    [TestCase("\"Red\"|null|null|null|{\"x\":\"a\"}", "`place.x` takes a number, not \"a\".")]
    [TestCase("\"Red\"|null|null|null|{}", "`place.x` has no value.")]
    [TestCase("\"Red\"|null|null|null|3", "`place` takes a record, not 3.")]
    [TestCase("\"Red\"|null|null|null|null|[{\"key\":\"a\",\"value\":1},{\"key\":\"a\",\"value\":2}]", "`sizes` takes each key once, not \"a\".")]
    [TestCase("\"Red\"|null|null|null|null|[{\"key\":\"a\"}]", "`sizes` takes rows with `key` and `value`, not {\"key\":\"a\"}.")]
    [TestCase("\"Red\"|null|null|null|null|null|[\"a\",null]", "`names` takes a text, not null.")]
    [TestCase("7", "`colour` takes one of Red, Green, not 7.")]
    public void InvokeAsync_ValueOfAWrongType_SaysWhatItTakes(string arguments, string message)
    {
        var tool = ToolsOf("""
            public enum Colour { Red, Green }
            public sealed record Point(int X);
            [RlmTools] public static partial class T
            {
                [RlmTool("Takes.")]
                public static int Accept(Colour colour, Guid? id = null, DateOnly? from = null, TimeSpan? wait = null, Point? place = null, Dictionary<string, int>? sizes = null, string[]? names = null) => 1;
            }
            """, "T")[0];

        Assert.That(
            async () => await tool.InvokeAsync(Json(arguments.Split('|')), default), Throws.ArgumentException.With.Message.EqualTo(message));
    }

    [Test]
    public async Task InvokeAsync_NothingToGive_GivesNone()
    {
        var tools = ToolsOf("""
            [RlmTools] public static partial class T
            {
                public static int Calls;
                [RlmTool("A.")] public static void A() => Calls++;
                [RlmTool("B.")] public static Task B(int amount) { Calls += amount; return Task.CompletedTask; }
                [RlmTool("C.")] public static async ValueTask C(CancellationToken stop) { await Task.Yield(); Calls++; }
                [RlmTool("D.")] public static int D() => Calls;
            }
            """, "T");

        Assert.That(tools.Take(3).Select(tool => tool.ResultType), Is.All.EqualTo("none"));
        foreach (var tool in tools.Take(3))
            Assert.That(await tool.InvokeAsync(Json("10"), default), Is.Null);
        Assert.That((await tools[3].InvokeAsync([], default))?.GetInt32(), Is.EqualTo(12));
    }

    [Test]
    public void Tools_LimitsAndComments_AreTold()
    {
        var tools = ToolsOf("""
            [RlmTools] public static partial class T
            {
                /// <summary>Sends a <b>mail</b>
                ///   to <see cref="System.String"/>.</summary>
                /// <param name="to">Whom,
                ///   by <paramref name="name"/>.</param>
                [RlmTool(Effect = RlmToolEffect.Writes, MaxCalls = 3, TimeoutSeconds = 1.5)]
                public static void Send(string to, string name) { }

                /// <param name="a">Broken <b>.
                [RlmTool("Looks.")] public static int Look(int a) => a;
            }
            """, "T");

        Assert.That(tools[0].Description, Is.EqualTo("Sends a mail to String."));
        Assert.That(tools[0].Parameters.Select(parameter => parameter.Description), Is.EqualTo(new[] { "Whom, by name.", null }));
        Assert.That((tools[0].Effect, tools[0].MaxCalls, tools[0].Timeout), Is.EqualTo((RlmToolEffect.Writes, 3, TimeSpan.FromSeconds(1.5))));
        Assert.That(
            (tools[1].Effect, tools[1].MaxCalls, tools[1].Timeout, tools[1].Parameters[0].Description),
            Is.EqualTo((RlmToolEffect.Reads, (int?)null, (TimeSpan?)null, (string?)null)));
    }

    [TestCase("MaxCalls = 0")]
    [TestCase("TimeoutSeconds = -1")]
    [TestCase("TimeoutSeconds = double.NaN")]
    public void Report_LimitThatIsNone_SaysSo(string limit) =>
        Assert.That(
            new GeneratorRun($"[RlmTools] public partial class T {{ [RlmTool(\"\", {limit})] public int One() => 1; }}").Diagnostics
                .Select(diagnostic => diagnostic.Id),
            Is.EqualTo(new[] { "RLM9009" }));

    [Test]
    public void Tools_InASession_ChecksProgramsThatCallThem()
    {
        var session = new RlmSession(
            new ScriptedChatClient(),
            [RlmVariable.Text("context", TextSource.FromString("a"))],
            new RlmOptions { Tools = ToolsOf(Crm, "Demo.Crm", "Hello") });

        Assert.That(session.Compile("answer (add(1) + 1)").Diagnostics, Is.Empty);
        Assert.That(session.Compile("answer find(\"ada@x.org\").age + 1").Diagnostics, Is.Empty);
        Assert.That(
            session.Compile("answer find(\"ada@x.org\").height").Diagnostics.Select(diagnostic => diagnostic.Id),
            Is.EqualTo(new[] { "RLM2003" }));
        Assert.That(session.Compile("answer greet_all()").Diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { "RLM2005" }));
    }

    private static IReadOnlyList<RlmTool> ToolsOf(string source, string type, params object[] arguments)
    {
        var loaded = new GeneratorRun(source).Load().GetType(type, throwOnError: true)!;
        bool isStatic = loaded is { IsAbstract: true, IsSealed: true };
        return (IReadOnlyList<RlmTool>)loaded.GetProperty("Tools", BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)!
            .GetValue(isStatic ? null : Activator.CreateInstance(loaded, arguments))!;
    }

    private static JsonElement?[] Json(params string[] values) =>
        [.. values.Select(value => value == "null" ? (JsonElement?)null : JsonDocument.Parse(value).RootElement)];
}
