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
